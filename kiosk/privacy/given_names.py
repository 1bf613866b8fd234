"""Given names of children. Whether one is a child's follows from the words next to it (`child_words`).

Parents give new names every year: a rule may need one of these only where any other name would be an official's. Those
of the first two lists are no other word: without a capital, or at the start of a sentence, each is a name all the same.
"""

from __future__ import annotations

from typing import Final

_OF_ADULTS_TOO: Final = """
    aaron abdi abdirahman abdul abdullah abel abigail adam adriana ahmed alan alejandra alejandro alex alexa
    alexander alexandra alexis alfredo alicia alina alisha alison allison amanda amari amelia amina amir amy ana
    anders andre andrea andreas andres andrew andy angela angelica anita anna annie anthony antonio armando arturo
    asher ashley audrey aurora barbara beatrice beatriz beckett belen benjamin bentley bernabe bernardo bethany
    betsy bilal bobby braden brady brandon braxton brenda brendan brennan brennen brian bruna bruno bryan bryson
    caitlin calvin carla carlos carmen carolina caroline carolyn carrie cassandra catalina catherine cecilia celia
    cesar charlie charlotte christina christine christopher cindy claire claudia corinne cristina cynthia dalia
    damaris damian danica daniel daniela danny dario darnell darren darryl david deandre deborah declan delaney
    delfina delia delmar denisse dennis denzel derek desiree desmond devin diana diego dimitri dominic donovan
    doreen dorian dwayne edgar edison edith eduardo edwin efrain eileen elaine eleanor eleazar elena eli elias elisa
    elisabeth eliseo elizabeth ellen elliot elliott elmer elsie elvira emily emma emmanuel enrique eric erica erika
    erin ernesto esteban esther ethan eugenio eunice evangelina evelyn everett evie fabian fabiola fatima federico
    felicia felipe felix fermin fernanda fernando fiona francesca francisco frankie fredy gabby gabriel gabriela
    george geraldine gerardo gilbert gilberto gillian gina giovanni giselle gloria graciela gregorio griselda gustav
    gustavo hailey hamza hannah hao hassan hector heidi helen helena henry herbert heriberto hernan hiro hoang hugo
    humberto huong ibrahim idris ignacio imelda ingrid irene irma isaac isabel isabella isaura isela isidro ismael
    itzel ivan jabari jacinto jacob jacqueline jagger jaime jake jamal james jameson jamie jane janet janice
    jaqueline jared jasmin jasmine jason javier jeanette jeffrey jenna jennifer jenny jeremy jerome jesse jessica
    jessie jesus jiang jillian jimmie joanna joanne joaquin joel johana johanna john johnny jolie jonathan jordy
    jorge jose josefina joseph joshua juan juana judith julia julian juliana justin karen karim karina karla karol
    katarina katherine kathleen kathryn katrina kayla keegan keenan keisha kellan kelvin kendra kendrick kenji
    kenneth kevin khalid kimberly kingston kinsley kristen kristin kristina kyla lacey lamar landon laney larissa
    latasha latoya laura lauren layne lazaro leah leanna leila leland lennox leon leonardo leonel leonidas leslie
    leticia lexie liana lidia lilia lilian liliana lillian lilly linus lizzie lizzy lorena lourdes lucas lucia
    luciano lucille luis luisa lupe lupita lynette macario mackenzie maeve magdalena maggie makenzie malik manuel
    marbella marcela marcellus marcelo marcos marcus margarita maria mariam mariana maribel maricela maricruz
    mariela mario marisela marisol marissa maritza marjorie marlene marlon marquis marta martha martin maryam mathew
    matias matilda matthew mauricio maximo mckayla mckenna mckenzie megan meghan melanie melinda melissa melvin
    meredith micah michael michaela michelle miguel mikel miranda miriam mohamed mohammad mohammed mohamud moises
    mollie molly monica monique monserrat muhammad mustafa nadia nancy naomi nasir natalia natalie natasha nathan
    nathaniel nelson nereida nestor nicholas nicolas nicole nikki noelia noemi nohemi nolan noor nora oakley octavio
    odette oksana oleksandr olena olga oliver olivia omar oscar osvaldo oswaldo pablo paola patricia paul paulina
    paxton pedro pepito phillip priscilla priya quentin quinton quynh rachel rafael rahim raiden raisa ramiro ramon
    raquel rashad rasheed rashid raul raymond rebeca rebecca rebekah reinaldo renata reyna ricardo ricky robert
    roberto rodolfo rodrigo rogelio rohan rolando romina ronin rosalba rosalie rosalinda rosalyn rosario rosaura
    rosie rosita roxana ruben rufino ruth ryan ryder sabrina salma salome samantha samara samir samira sammy samuel
    sandra sanjay santiago sara sarah saul saulo sebastian selena serena sergio shakira shania sheila shirley sienna
    silvia simeon sixto sofia sonia sophia soraya stefany stephanie stephany steven susana susie suzanne sylvia
    tabitha tamika tamir tania tanya taryn tatiana teresa thais theodore theresa thomas tiffany timmy timothee
    timothy tobias tobin tomas tommy tonya trenton trevor tristen tuan tyler tyree tyrone ulises valdemar valentina
    valeria valerie vanessa venancio vicente victor vincent viviana walter wendy wilber wilfredo wilmer xavier
    yadira yesenia yolanda yvette zaida zamir zoe
    """
_OF_CHILDREN: Final = """
    aaden aadhya aaliyah aarav aarohi aarush abby abena abisai abner abram adan addison adela adelaide adele adelina
    adeline adelyn aden aditya adonis adrian adriel adwoa agustin ahmad aidan aiden aisha aiyana aja akeem akira
    alana alani alannah alayna aldair aldo aleah alec alecia aleena alejandrina aleksander alessandra alessandro
    alfonso aliana alissa alisson aliya aliyah allyson alondra alonso alonzo alvaro alyssa amalia amani amare
    amarion amaury amaya amayrani amberly ameer amelie aminah aminata amiya amiyah ammar anabel anabella anahi anais
    anakin ananya anastasia anaya angelina angelique angelito angie anika aniya aniyah anjali annabelle annalise
    antoine antonella antwan anya anyi araceli arben ardit ariadna ariadne ariana arianna ariel arielle arjun arnav
    artem ashlyn asiya aubree aubrey aurelio ava avery aviana ayaan ayana ayanna ayden ayla aylin azael azariah
    beatrix benicio benji benny bianca bohdan braeden braulio brayan brayden breanna brenna briana brianna bridget
    briella brielle brisa britany brithany britney brittany brittni brody bryanna bryce bryleigh bryn brynn caleb
    calista callie camila camilito camilo camryn candace carlitos carmelo carmencita cassidy caua cayden cecelia
    cedric celeste celina cesia chana charlee chaya chiara chidi chioma chloe chuy chuyito clarissa coby cristian
    cristiana cristobal dafne dahlia daisha dajuan danielito daniella danna danylo daphne daquan dariana dariel
    darien darius darlyn dashawn davi davion davonte dawson daxton dayami dayana dayanara dayanna deangelo delilah
    demarcus demetrius deshawn devon devonte deysi dianna dieudonne dilan dilcia dina dominique doralis dyani dylan
    edgardo eduarda eduardito efren elaina eleni elian eliana eliel elijah elira elise eliud eliza elliana ellie
    eloise elvis elyse emani emeka emely emerly emersyn emilee emilia emiliana emiliano emilio emmett enzo ephraim
    erick ericka ermelinda esdras esmeralda esvin eunise evelia evelin ezekiel ezequiel fabienne fabricio fadumo
    farah farid fatou fatoumata felicity fernandito francesco frida froylan gabe gabriella gadiel gael gaige
    genevieve geovanni geovanny gianna gisselle gwendolyn hadassah hadlee hafsa haley halima hanna haruto hawa
    hayden haylee hazael heber heidy heitor hermelinda heydi hodan ibrahima ifeoma ifrah ignacia ignacito iker
    iliana imani irvin isabela isabelle isadora isai isaiah isaias ishaan issac itzayana ivanna ivette izabella
    izaiah jace jacquelyn jada jaden jadyn jaelyn jaelynn jafet jaheim jahir jaiden jaidyn jairo jakari jakub jaleel
    jalen jaliya jaliyah jamar jamari jamarion jamila jamir janae janelle janessa janiya janiyah jaquan jasiah
    jasmyn jaxon jaxson jaxton jayce jaycee jayceon jayda jaydan jayden jayla jaylah jaylen jaylin jaylynn jayson
    jayvon jaziel jazlyn jazmin jazmine jeanpierre jefry jennyfer jeremiah jeremias jeriah jhon jhonatan jimena
    jireh jisoo joao joaquina jocabed jocelyn joelle johan jonah jonas jonathon josafat joselyn josesito josiah
    josie josselin josue journee jovani jovanni juanito jude juelz julianna julianne juliet julieta juliette julissa
    junaid juventino kabir kacper kaden kadence kaia kaila kailey kailyn kaison kaitlyn kaiya kaleb kaliyah kamal
    kamari kamila kamiyah kamron kaori kareem karely karissa karson karter kashton kassandra katelyn kateryna
    katherin kaua kavya kayden kayleb kaylee kayleigh kaylen kaylin kaylynn keandre keanu keila keily keira kener
    kenia kenzie kervin ketlyne keyla keyshawn khadija khalil khloe kianna kiara kiera kieran kierra kimani kirsten
    kiyan kordell krish kristian kristopher kwabena kwame kweku kylan kylee kyleigh kyler kylie kymani kyra kyree
    ladarius laila lailah lakeisha lalo landyn lashawn latisha latrell layan layla leandro leidy leilani leobardo
    lesly leslye lety leyla leylani liam librada lilah lilliana lillie lisandro lisbet lisbeth lisette litzy lizbeth
    lizet lizeth lorelei lorenza luana luciana ludwin luella luigi luisito lukas lyla maci macie madalyn maddie
    maddison madeleine madeline madelyn madisyn magaly magdiel mahir maia maisie maite makai makayla makenna malachi
    malcolm maleah malia maliah maliyah mamadou manny marely mariama marianita marieange mariel marisabel mariyah
    marlen marleny mateo mateus mathias matthias mattie maximilian maximiliano maximino maximus maya maykel mayte
    mekhi melany melina melquiades micaela miguelito mikaela mikayla mikey milena minjun mireille mireya mirlande
    misael mukhtar mya myah mykola myla mylah myles mynor myra nadege nadine nahla nahomi naila naima nalani natalee
    nataly nathaly nathanael nayeli nayely nayib nehemias nelly neri nevaeh neveah neymar ngozi nguyet nia nicola
    nikhil nikolas nneka noah noelle noemy nyah nyla nylah oaklynn obinna octavia odaliz odalys odilia oluwaseun
    omari orfelina osiel osmar otoniel ousmane paislee paisley panchito paquito paty pedrito penelope petra pranav
    priyanka quique rafaela rayan rayhan reem rhys rigoberto rihanna ritika riya rodlin rohit romulo ronaldo roodson
    rosalia roselyn rosmery roxy rutilio ryann ryatt ryker rylan rylee ryleigh rylie saanvi safiya saira sami samia
    samiyah sanaa sanjana sarai sariah savanna scarlett selina selma selvin semaj shaniqua shaniya shayla shayna
    sherlyn sheyla shirin shreya shyla silas silvana siya skyla sofiia solana suleiman sumaya svitlana tadeo taliyah
    tamia tanisha tanvi tatyana tavion tayshaun teagan tereso thalia thiago tiana tiburcio tiffani tomasito tomasz
    tonatiuh travon trayvon trini tunde tyrell tyrese tyrique tyshawn uchenna uriah uriel ursulo valentino valery
    veronica vianey vihaan viridiana vivaan vivianna vivienne waleed wendoly wendolyn wideline widline wilky willa
    woodley xavi ximena ximenita ximenna xiomara yadiel yahaira yahir yahya yamila yamilet yamileth yandel yanely
    yanet yaneth yanira yaquelin yareli yaretzi yariel yaritza yaritzel yasir yasmin yasmine yatziri yazmin yehuda
    yeimi yesica yisel yoli yolotzin yordan yosef yoselin yosselin yousef youssef yuleimy yuleisy yulia yuliana
    yulissa yuliza yunior yuridia yusuf zacarias zachariah zachary zachery zahra zaiden zainab zaira zaire zander
    zaniyah zaria zariah zayden zaylee zeke zenaida zendaya zoey zofia zoie zulema zuleyka zuly zuri zyaire
    """
_WITH_A_CAPITAL: Final = """
    ace ada ade ali alma ama amara anas angel anh ansel aria arya asa asia atlas augustus austin autumn awa axel
    ayan azalea bailey bao beau bella ben beto betty blake bob bodhi brook brooke brooklyn byron cade caden cadence
    camden cameron carina carson carter casey cash chad chance chava chelsea chema cheyenne cielo clara clayton cody
    colby cole colin colton concepcion connor cooper cora corey courtney craig cristal cruz crystal daisy dakota
    dale dalton dan dana dane dante daria darwin dax deacon deepa deja deon destiny dexter diya dora doris drew duc
    dulce easton ebony elle elsa emerson emery emir enid enoch esai esi esme esperanza estela estrella eva evan eve
    ezra faith faustino fidel flor florencia frances francis franklin gage galilea gavin genesis german gino glen
    grace graham grayson greta greyson guadalupe hadley hana harley harmony harper harris harrison haven hazel heath
    heather heaven hilary hilda holly hope houston hudson hunter ian imran india ines inez iris isla israel ivory
    ivy jack jackie jackson jade jair jay jean jefferson jerry jett jimmy joe joey jordan jordyn journey joyce judah
    judy julie julius junior justice kai kali kash kate kathy katie keith kelsey ken kendall kennedy kenny kenya
    kerry kian kim kira kiran knox kobe kofi kojo kole kora kyle lana lara larry ledger legend leia leighton lena
    leo leona lexi lia libby lila lily lina lincoln linda lindsay lindsey linh lisa logan lola london lorenzo louis
    louisa lovely luca lucero lucy luka luke lulu luna luz lydia lyra mabel maddox madison mae malaya malaysia
    mallory mara marco mari marley marlow marquise marvin mary mason matt maverick max maxim maxwell mei melody
    mercedes mercy mia mila milagros milan miles miller milo mina ming minh mira miracle mitchell morgan moses
    moussa nacho nala nando nate naya neil nick nico nikita nixon noe noel nola norma odin olive oriana orion otis
    otto palmer paloma pamela paris parker patrick paula paz penny pepe perfecta perla peter peyton philip phoebe
    pilar piper porter precious presley preston prince princess quincy quinn raina raven reagan reed reese regina
    reid reina remedios remy rena rene rex rhea rian riley rita river rocco rocio rodney roland roman romeo ron
    ronald ronan ronnie rory rosa rowan rubi ruby rudy russell sadie sally salvador sam samson sandro santana santi
    santino santos sasha savannah sawyer scarlet sean selah serenity shane shannon sharon shaun shawn shea shelby
    sheldon shiloh sierra simon simone sky skye skylar skyler sol soledad solomon spencer stacy stanley stefan
    stella stephan stephen steve sullivan summer susan sutton sydney talia tamara tanner tara tariq tate tatum
    taylor tegan teo tessa thea theo thuy tiago tiara tierra tim titus toby todd tom toni tori trang travis trent
    trey trinity tristan troy tucker ty tyson ursula vance vera vicky victoria vidal violet violeta wade warren
    wayne wei wells wesley weston whitney william willie willow wilson winston wyatt xander xin yael yair yan yara
    yaw yoel yuki yuri zack zahir zaid zain zane zara zayn zion
    """

OF_ADULTS_TOO: Final = frozenset(_OF_ADULTS_TOO.split())
"""Names of pupils and of their teachers."""

OF_CHILDREN: Final = frozenset(_OF_CHILDREN.split())
"""Names that were given in these years, or seldom."""

WITH_A_CAPITAL: Final = frozenset(_WITH_A_CAPITAL.split())
"""Names that are other words, too, or surnames."""
