"""The class of each word that matters for finding a child: family words, names, school places, dates, homes.

A class is one character, so that a sentence becomes a short text of classes (`tagging`). A rule for classes
(`child_words`) is one line where a pattern of words would be a hundred. Words are as `folding.folded` returns them; one
with two meanings has the class in which it would do harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kiosk.privacy.given_names import OF_ADULTS_TOO, OF_CHILDREN

STUDENT, YOUNG, KIN, CHILDREN, PARENT = "P", "J", "Z", "C", "K"
NAME, GIVEN, CHILDS, INITIAL, FIRST, KNOWN = "N", "7", "+", "0", "f", "W"
"""NAME: a surname, or any other unknown word with a capital. GIVEN: a given name. CHILDS: one that few adults have.
INITIAL: one capital after a name. FIRST: an unknown word where a capital says nothing, at the start of a sentence.
KNOWN: a word with a capital that is no person's name."""

NAMES = NAME + GIVEN + CHILDS

OFFICIAL, TITLE, PROTECTION = "O", "T", "8"
"""PROTECTION: an agency that comes about children."""

OTHER = "w"

_CLASSES: Final = {
    # a pupil
    STUDENT: """student pupil grader kindergartner kindergartener preschooler freshman sophomore classmate alumno
        alumna estudiante""",
    # a child
    YOUNG: """child kid boy girl kiddo twin toddler teen teenager nino nina muchacho muchacha muchachito
        muchachita chico chica chamaco chamaca gemelo gemela twins gemelos gemelas joven jovencito jovencita
        menor minor baby bebe juvenile runaway""",
    # a child of a family
    KIN: """son daughter stepson stepdaughter brother sister sibling niece nephew grandson granddaughter
        grandkid grandchild stepbrother stepsister hijo hija hermano hermana hermanito hermanita hijito
        hijita sobrino sobrina nieto nieta primito primita hijastro hijastra""",
    # several of them
    CHILDREN: """students pupils children kids boys girls sons daughters brothers sisters siblings nieces nephews
        grandkids grandchildren graders sophomores alumnos alumnas estudiantes ninos ninas hijos hijas
        hermanos hermanas hermanitos hermanitas muchachos muchachas chicos chicas menores""",
    # an adult of a family
    PARENT: """mother mom mum mama mami mommy father dad papa papi daddy parent parents mothers fathers guardian
        guardians aunt uncle auntie tio tia grandma grandmother grandpa grandfather granny stepdad stepmom
        stepfather stepmother cousin husband wife madre padre padres papas mamas abuela abuelo padrastro
        madrastra prima primo tutor tutora esposo esposa relative nana grandparents abuelos tios primos
        madrina padrino godmother godfather""",
    "Y": "family household",  # a family
    "I": "familia",  # a family, before its name
    # officials and staff; a name after them is theirs
    OFFICIAL: """agent agents officer officers official officials detective detectives deputy deputies marshal
        marshals trooper troopers sergeant lieutenant captain constable sheriff ice hsi fbi dhs cbp ero
        uscis police cops cop investigator inspector caseworker attorney lawyer judge principal
        superintendent supt counselor teacher nurse coach secretary custodian director directora
        author authors autor autora artist agente
        agentes oficial oficiales policia policias alguacil sargento fiscal abogado abogada juez profesora
        profesor subdirector subdirectora consejera consejero enfermera secretaria trabajadora resource
        services liaison advocate interpreter vendor tutors aide para paraeducator psychologist librarian
        driver reporter recruiter worker assistant chief clerk manager sub substitute suplente janitor cook
        conserje cocinera cocinero intendente receptionist recepcionista registrar bookkeeper electrician plumber
        contractor guard guardia monitor sro ap dean paralegal supervisor volunteer""",
    PROTECTION: "dcf cps dcfs",
    # where staff work
    "$": """kitchen cocina hr payroll maintenance mantenimiento facilities transportation transporte legal
        district distrito central security seguridad custodial cleaning limpieza humanos recursos front nurses
        accounting""",
    # titles
    TITLE: """mr mrs ms miss mx dr sgt lt cpl capt det ofc ofcr dep agt insp hon rev sr sra srta senor senora
        senorita don dona lic prof profe maestra maestro sir madam""",
    "h": "he she they hes shes theyre el ella ellos ellas",  # pronouns
    "s": "his her their su sus hers",  # whose
    # articles, and what can follow them
    "a": """a an the this that la los las un una unos younger older youngest oldest big other two both new
        mayor""",
    "5": "little lil lilttle litle pequeno pequena chiquito chiquita chiquitito pequenito pequenita",  # small
    # is, and what a list says
    "b": """is was are were be been es era eran fue esta estan estaba estaban se isnt hasnt wasnt isn't hasn't
        wasn't que matches says lists shows
        listed reads""",
    "o": "of de del",  # of
    "v": "for para",  # for
    "4": "about re regarding sobre por acerca see ver visit visitar meet",  # about
    "^": """works working work trabaja covers covered opened locked closed answered helped checked noticed heard
        radioed waved abrio cerro aviso llamo contesto subs""",  # what staff do
    # what happens to a child
    "|": """crying cried cries llorando llora lloro scared asustado asustada hiding escondido escondida bruises
        bruise moretones homesick bullied fever fiebre""",
    "%": "asked ask asks by per thanks thank me gracias pregunte tell",  # before a name of staff
    "9": """said say says confirmed confirm confirmo knew know knows sabia dijo dijeron dicen dice conto
        contaron""",  # said
    "x": "out down from afuera fuera",  # out of
    "i": "in at on to into en desde con with al",  # in, at, to
    "&": "and y e &",  # and
    "m": "name named nombre llamado llamada apellido apellida llama surname",  # the word “name”
    "G": "grade grado gr homeroom",  # grades
    "g": "kinder kindergarten prek pre-k preschool prekinder",  # the first of them
    "S": "class classroom clase salon aula room rm seccion period periodo",  # rooms
    # where classes are
    "X": """gym cafeteria lunch recess library playground lab dismissal math band chorus art music gymnasium
        practice pe gimnasio biblioteca recreo comedor lunchroom pickup computer science
        bus autobus""",
    # ordinals
    "j": """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth primer primero
        segundo tercer tercero cuarto quinto sexto septimo octavo noveno decimo primera""",
    "B": "dob birthdate birthday cumple cumpleanos bday cumplir",  # birth dates and birthdays
    # what makes a birthday or a family part of an event
    "p": """party parties treats treat cupcakes cupcake cake celebration balloons balloon assembly list board
        card cards song bash present presents gift gifts flowers shirt donuts pizza fiesta pastel crown book
        announcement announcements wish wishes snack snacks night day center dinner restaurant event fund
        business""",
    "n": "born nac nacio nacido nacida nacidos nacidas",  # born
    # months
    "Q": """january february march april may june july august september october november december jan feb mar
        apr jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre
        octubre noviembre diciembre""",
    # telephones
    "F": """phone cell cel cellphone tel telephone mobile number num no telefono celular numero tele movil #
        email e-mail correo line""",
    # homes
    "E": """home house casa apartment apartments apartamento apartamentos apt apts address domicilio direccion
        residence hogar""",
    "L": "lives live living lived rent rents renting reside resides residing resided",  # lives
    "u": "moved stay stays staying stayed relocated sleep sleeps sleeping slept",  # moved, stayed
    "3": "mudaron mudo mudado cambiaron cambio duermen duerme quedan",  # moved, of a person by its form
    "6": "motel inn shelter hotel trailer albergue refugio",  # where a family without a home stays
    "l": "viven vive vivia vivian viviendo rentan alquilan",  # lives, of a person by its form
    # told and gave: a number after them is not of the person told
    "e": "told gave give gives tell handed dio di dimos dieron dije dijo le les",
    "k": "emergencycontact",  # made of several words, by `tagging`
    "U": "studentnumber",  # made of several words, by `tagging`
    "q": "where donde",  # where
    # fetched
    "V": """pull pulled pulling bring brought get got need needs want wants wanted needed call remove removed
        sacar saco sacaron saque saquen llamar llamaron trajo trajeron trae traer traigan fetch fetched
        interview interviewed sign signed send sent let walk walked escort escorted spotted returned saw vio""",
    # streets, after the name
    "R": """street st avenue ave road rd court ct lane ln drive boulevard blvd way place pl terrace circle cir
        highway hwy trail parkway pkwy turnpike tpke alley path row""",
    "r": "calle avenida av avda camino carretera",  # streets, before the name
    "~": "called",  # called: named, or fetched
    # taken home
    "1": """take took taking pick picks picked picking release released releasing dismiss dismissed collect
        collected recoger recogio recoja recogieron llevar llevarse llevo entregar entregue entrego
        entregaron""",
    # things of one pupil
    "2": """attendance transcript locker iep homework backpack mochila boleta tarea asistencia lunchbox tardy absences
        absence truancy schedule
        horario""",
    "}": "hid hide paged escondio escondieron escondiera escondan",  # hid
    "{": "file files records picture photo enrollment expediente foto",  # what a school has of a pupil
    "z": "attends asiste here absent aqui ausente presente enrolled inscrito inscrita sick enfermo enferma",  # here
    "A": "my our mi mis nuestro nuestra",  # ours
}

_KNOWN: Final = """
    american english spanish french chinese portuguese creole arabic math science history art music gym band
    choir chorus varsity jv title medicaid medicare google zoom chromebook chromebooks ipad ipads powerschool
    naviance canvas classdojo seesaw clever schoology infinite campus lyft uber nike adidas lego xbox nintendo
    disney pokemon monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun lunes martes miercoles jueves viernes sabado domingo halloween christmas thanksgiving easter
    hanukkah ramadan eid diwali valentine valentines memorial labor columbus veterans presidents juneteenth
    navidad hartford haven bridgeport stamford waterbury norwalk danbury britain meriden bristol milford
    stratford shelton middletown torrington norwich enfield manchester connecticut ct york jersey massachusetts
    boston springfield providence america united states texas florida california carolina georgia mexico puerto
    rico north south east west new old upper lower main front side back central services service council center
    centre handbook handbooks support success protective protection find scout scouts care record records
    information system systems affairs union association club office offices department dept unit division
    bureau program programs school schools elementary middle high academy university college district board
    education rights act law code policy policies form forms warrant subpoena order court town city state county
    federal government agency house hall building gate door lobby desk entrance parking lot bus van car truck
    suv ford chevy chevrolet toyota honda dodge tahoe explorer nissan jeep gmc suburban charger amazon ups fedex
    usps dhl walmart target costco staples xerox verizon comcast id ids ssn iep ell esl tps daca i-9 ferpa hipaa
    pta pto sro dmv irs ssa epa doj osha cps dss dph dsw orr atf dea usms swat k9 ero cbp dhs doc doe sde cabe
    aclu police ice immigration homeland security customs border patrol enforcement removal operations
    investigations probation parole juvenile family families child children student students youth kid kids boys
    girls today yesterday tomorrow tonight inc llc co morning afternoon evening lunch recess dismissal breakfast
    safety resource health wellness food nutrition special honor roll welcome open day night week month year
    fair festival show concert play musical game team please thanks thank told said says asked gave took left
    came went called put had has was were did does do not no yes ok okay also then they he she it we you i my me
    his her their our your this that these those there here when while after before because since if but and or
    so as at in on by to of for from with without about over unknown blank private missing confidential withheld
    none nobody everyone everybody someone somebody anyone wrong correct misspelled illegible redacted given
    common two three four five six seven eight nine ten both all some any each every one another other el la los
    las un una de del y que se le lo con por para sin al en es son fue era ya muy mas mi nos su sus dijo llego
    llegaron vino vinieron pregunto pidio preguntaron pidieron mostro dejo god internet wifi facebook instagram
    snapchat tiktok whatsapp iphone android apple microsoft windows word excel pdf email fax usb tv pa am pm est
    edt pic spring summer fall winter camp trip bridge head start early learning achievement discipline
    activities activity fund account accounts life assistance intake placement data privacy growth focus
    advisory assessment superior supreme hospital clinic church temple mosque ymca ywca library museum park
    market bank motel hotel
    """
"""Words with a capital in the middle of a sentence that are no person's name."""


def _classes() -> Mapping[str, str]:
    found = {**dict.fromkeys(OF_ADULTS_TOO, GIVEN), **dict.fromkeys(OF_CHILDREN, CHILDS)}
    for kind, every in _CLASSES.items():
        for word in every.split():
            found.setdefault(word, kind)
    return MappingProxyType(found)


CLASSES: Final = _classes()
"""The class of each word that has one."""

KNOWN_WORDS: Final = frozenset(_KNOWN.split())
"""Other words that are no person's name."""
