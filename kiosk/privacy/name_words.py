"""Patterns for names and headings that contain a word about status: streets, agencies, titles, surnames, forms, things.

They expect text normalized by `folding.folded`. `NAMED` is certain, `NAME_OR_STATUS` is not.
"""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import words_matching

_WORD: Final = (
    r"(?:asylum|aliens?|immigrants?|migrants?|immigration|migration|citizens?'?|citizenship|refugees?|refuge|visas?"
    r"|dreamers?|foreign(?:ers?)?|green[- ]?cards?|naturalization|deportations?|removal|border|daca|status|native"
    r"|legal|nationality"
    r"|papers|residents?|tps|asilo|deportacion|inmigra(?:cion|ntes?)|refugiados?|migra(?:cion|ntes?)|frontera"
    r"|ciudadan\w+"
    r"|newcomers?|americans?)"
)
_SURNAME: Final = (
    r"(?:aliens?|citizens?|visa|dreamers?|foreigner|refuge|asylum|asilo|residente|ciudadan[oa]|refugio"
    r"|frontera|border|daca)"
)
_LIST: Final = rf"{_WORD}(?:(?:,| and| &| or| y|/) ?{_WORD})*"
_WE: Final = (
    r"(?:do|does|did|if|whether|where|why|how|that)"
    r" (?:u|you|you guys|ya'?ll|we|they|the (?:school|district|office|desk)|schools?)"
)
_KEEP: Final = (
    r"(?:keep(?: track of)?|track|stor(?:e|es)|record|collect|save|log|ask(?: about| for)?|check|write down|note"
    r"|report"
    r"|share|verify|keeps|tracks|records|collects|asks(?: about| for)?)"
)
_KEEP_ES: Final = (
    r"(?:guarda(?:mos|n)?|registra(?:mos|n)?|anota(?:mos|n)?|pedimos|piden?|pregunta(?:mos|n)|apunta(?:mos|n)?"
    r"|llevamos registro del?|recopila(?:mos|n)?|reporta(?:mos|n)?|compart(?:imos|en))"
)
_STATUS_AT_ALL: Final = (
    r"(?:(?:immigration|citizenship|migration|legal|residency) (?:status(?:es)?|info(?:rmation)?|data|papers"
    r"|documents)"
    r"|citizenship|nationality|e?status (?:migratorio|legal|de inmigracion)|ciudadania|nacionalidad)\b"
)
_STREET: Final = (
    r"(?:avenue|ave|street|st|road|rd|lane|ln|drive|way|plaza|boulevard|blvd|hill|circle|cove|terrace"
    r"|square|parkway|pkwy|highway|(?:springs?|cove|hill|creek|brook) (?:road|rd)|alley|bridge)\b"
)
_NOT_STREETS: Final = r"(?!asylum court|visa court|immigration court|citizenship court)"

_PRIVATE_PAPERS: Final = (
    r"(?:the|la|el|los|las|him|her|his|their|them|me|us|mom|dad|mother|father|parents?|famil\w+|kids?|child\w*"
    r"|students?|husband|wife"
    r"|brother|sister|immigra\w+|inmigra\w+|migra\w+|asyl\w+|asilo|citizen\w*|ciudadan\w+|residen\w+|green|visas?"
    r"|status|e?status|work\w*"
    r"|trabaj\w+|stay\w*|liv\w+|be|remain|quedarse|estar|vivir|estadia|deport\w+|refug\w+|legal\w*|uscis|ice|tps|daca"
    r"|this|that|here|aqui"
    r"|countr\w+|pais|home|ell[oa]s?|mama|papa|padres?|madre|nin[oa]s?|hij[oa]s?|ti[oa]s?|espos[oa]|senora?"
    r"|alumn[oa]s?|which|what|order"
    r"|regla|acountry|orden|court|corte|tribunal)\b"
)
"""After "papers for": what makes them a person's immigration papers, or those of the visit."""

_NAMED: Final = (
    # Streets and places.
    rf"{_WORD} {_STREET}|\d+ {_WORD} (?:court|ct|place|pl|park)\b",
    r"(?:if|whether|that) (?:i|you|u|we) (?:was|were|am|are|is) (?:born|from|an? (?:us )?citizen|american"
    r"|legal)\b[^.;,]{0,20}",
    rf"{_NOT_STREETS}(?:asylum|dreamers?|citizens?|refuge|foreign|native) (?:court|ct|place|pl|park|point)\b",
    rf"(?:calle|avenida|av\.?|c/|paseo|esquina de|corner of) {_WORD}",
    rf"(?:corner|intersection) of \w+ and {_WORD}",
    r"asylum and \w+|asylum y \w+",
    r"(?:green card|visa|asylum) (?:shop|store|cafe|bakery|market|deli|restaurant)s?\b",
    r"citizens?'?s? bank\b|banco citizens?\b",
    # Agencies, courts, groups.
    r"(?:office|bureau|department|dept\.?|division|commission|council|board|center|society|institute|committee"
    rf"|service|services|agency|alliance|coalition|forum)"
    rf" (?:of|for|on)(?: new| the| foreign| immigrant| labor)* {_LIST}",
    r"(?:oficina|oficinas|agencia|departamento|servicios?|centro|alianza|programa|tribunal|direccion) de"
    rf"(?: reasentamiento de| los| las| la| derechos de)* {_WORD}",
    # Groups, events, things, titles.
    rf"(?:supervisory )?(?:detention and )?{_LIST}(?:(?: (?:labor|parents?'?|families'?|farm ?workers?|donations?"
    r"|coat|food|resettlement|relief|rights|law"
    rf"|legal|children|student|family|education|justice|policy"
    rf"|health"
    r"|advisory|review|studies|support|heritage|community|welcome))*"
    r" (?:services?|svcs?\.?|offices?|agency|agencies|alliance|coalition|group|center|centre|project"
    r"|programs?|clinic|defense|fund|bureau|board|council|enforcement|department|network|association|society"
    r"|commission|support|foundation"
    r"|hall|museum|desk|initiative|task force|unit|team|campaign|hotline"
    r"|courts?|police|officials?|raids?|rights|law|non-?profits?|charit(?:y|ies)|organi[sz]ations?|orgs?|ngos?"
    r"|ministr(?:y|ies)"
    r"|donations?|drives?|fundraisers?|potlucks?|dinners?|lunch(?:eon)?s?|breakfasts?|bees?|quiz(?:zes)?|contests?"
    r"|troph(?:y|ies)|ribbons?|medals?|posters?|documentar(?:y|ies)|essays?|skits?|scenes?|songs?|murals?|panels?"
    r"|seminars?|webinars?|conferences?|(?:heritage|awareness|history) (?:month|week|day)s?|vigils?|march|parade"
    r"|speakers?|nurses?|doctors?|pediatricians?|therapists?|dentists?|translators?"
    r"|authors?|newspapers?|insurance|energy|watch|clubs?|bins?|collection|simulation|vocabulary|worksheets?|abduction"
    r"|stor(?:y|ies)|topics?|novels?|themes?|guidance|puppets?|brochures?|pamphlets?|flyers?|booklets?|stickers?)\b"
    r"|(?: (?:services|rights|affairs|enforcement|court|field|legal|law))?"
    r" (?:officers?|agents?|inspectors?|judges?|attorneys?|lawyers?|advocates?|case ?workers?|case managers?"
    r"|liaisons?"
    r"|directors?|specialists?|coordinators?|consultants?|paralegals?|counselors?|interpreters?|official|troopers?"
    r"|organizers?|reporters?)\b)",
    r"(?:oficial|oficiales|agentes?|juez|jueces|jueza|abogad[oa]s?|inspector|inspectora|director|directora"
    rf"|patrulla|policias?) de (?:la )?{_WORD}",
    r"citizen (?:journalist|scientist|volunteer|of the (?:month|week|year|day))s?",
    # Companies.
    rf"{_WORD} (?:(?:&|and|y) )?(?:\w+ ){{0,3}}?(?:co|inc|llc|corp|company|ltd|bros|brothers|s\.a|auto|tires?|moving"
    rf"|storage|cafe|coffee"
    r"|cleaning|landscaping|construction|roofing|plumbing|electric|supply|limpieza|printing|catering"
    r"|bakery)\b(?! (?:for|at|jobs?)\b)",
    rf"{_WORD} (?:&|and|y) (?:more|mas|sons|co)\b",
    r"(?:truck|van|pen|shirt|t-?shirt|hat|cap|jacket|vest|logo|sticker|banner|camion|camisa|gorra"
    r"|playera)(?:'s)? (?:that )?(?:says?|said|reads?"
    r"|dice|decia) [^.;,]{0,30}",
    # Surnames, after a title.
    r"(?:mr|mrs|ms|miss|dr|sgt|lt|cpl|capt|captain|sergeant|lieutenant|detective|trooper|officer|agent|deputy|marshal"
    r"|sr|sra|srta|senor|senora|oficial|agente|sargento)\.? (?:(?!tiene|tenia|es|esta|sin|con|no|pidio|has|is|had"
    r"|with)\w+ )?"
    r"(?:alien|citizen|visa|dreamer|foreigner|refuge|daca|status|asilo|asylum|immigrant|deporta|residente)\b",
    rf"(?:mister|chief|constable|sheriff|investigator|supervisor|patrol(?:wo)?man|principal|superintendent|supt"
    rf"|coach|nurse"
    r"|attorney|atty|counselor|teniente|capitan|comandante|detective|inspectora?|alguacil|subdirectora?|policia"
    r"|ofc|det"
    rf"|sargento|agente|oficial)\.? {_SURNAME}\b(?! (?:affairs|services|que)\b)",
    r"(?:senora?|don|dona|director|directora|licenciad[oa]|lic|profesora?|profe|maestr[oa])\.? (?:refugio|asilo|visa"
    r"|frontera|alien|citizen|asylum)\b",
    rf"(?:(?:last |first |sur)?names?|name ?(?:tag|tape|plate|badge)s?|apellidos?|nombres?|gafete"
    rf"|etiqueta)(?: (?:is|was|says?"
    r"|said|reads?|read|es|era|dice|decia|of|de))*[ :=,]{1,2}['\"]?(?:really )?(?:(?:officer|agent|agente|oficial"
    r"|de) )?"
    rf"{_SURNAME}['\"]?(?=$|[,.;()]| (?:spelled|like|and|with|y|as in|con)\b)",
    rf"(?:spelled|deletreado)(?: like| as in| the| a)* {_SURNAME}\b",
    # Headings of papers.
    r"(?:immigration|deportation|removal) (?:warrant|detainer|subpoena|paper|form|hold|notice|summons|letter)s?"
    r"|arrest of aliens?|record of deportable(?: alien)?s?(?=.*\bi-?213|.*\bform)",
    r"form i-?213 record of deportable aliens?|alien registration (?:form|act)s?",
    # What the school keeps, and asks of nobody in particular.
    rf"(?:{_WE} )(?:\w+ ){{0,2}}?{_KEEP} (?:\w+ ){{0,3}}?{_STATUS_AT_ALL}(?! (?:of|for|about|del?|para|on (?!file"
    rf"|paper|the (?:form|computer)))\b)",
    rf"(?:si|que si|donde|como) (?:\w+ ){{0,2}}?{_KEEP_ES} (?:\w+ ){{0,3}}?{_STATUS_AT_ALL}(?! (?:del?|para)\b)",
    # Subjects of lessons, books and events.
    r"(?:book|play|talk|movie|film|story|lesson|unit|exhibit|show|poster|song|lecture|project|report|article"
    r"|protest|sign|interview|guidance|debate"
    r"|banner|chant|chanting|flyer|mural|essay|vigil|march|petition|podcast|newspaper"
    rf"|rally|news|panel|documentary|workshop|presentation|training)s?(?: \w+)? (?:on|about|against|for"
    rf"|of) (?:the )?{_LIST}"
    r"(?: (?:families|parents|students|children))?",
    r"(?:immigrants?|immigration|citizenship|migration|refugees?|migrants?|naturalization"
    r"|newcomers?)(?: (?:famil(?:y|ies)"
    r"|students?|parents?|youth|test))? (?:history|unit|lesson|museum|field trip|exhibit|day|night|week|month"
    r"|club|class(?:es)?"
    r"|test|prep|tutor|stories|authors?|flyers?|posters?|protests?|rall(?:y|ies)|news|ceremon(?:y|ies)|forums?"
    r"|workshops?"
    r"|fairs?|liaisons?|mentor(?:ing|s)|volunteers?|mentors?|policy|policies|protocols?)\b",
    r"h-?1b (?:site visit|audit|inspection|inspector)s?",
    r"citizens?'?s? (?:arrest|complaint|academy|advisory|review|police)|(?:immigrants?|refugees?"
    r"|migrants?)'?s? rights",
    r"(?:libro|obra|charla|pelicula|cuento|clase|leccion|premio|diploma|exposicion|taller|curso|ceremonia|junta"
    r"|reunion"
    r"|enlace|folleto|volante|noche|feria|programa|protesta|grupo|fundacion|organizacion|comite|marcha|asociacion"
    r"|iglesia"
    r"|mes|dia|semana|cena|mural|cancion|poema|concurso|colecta|cartel|caravana)(?:e?s)? (?:sobre|del?|para|contra|con"
    r"|por) (?:la |los |las )?"
    rf"(?:(?:derechos|familias|estudiantes|herencia|padres|madres|jovenes)(?: de| de los)? )?{_WORD}(?: digital)?"
    rf"|premio (?:al |de |del )?ciudadan[oa]",
    r"(?:feria|taller|clinica|platica|junta|reunion|evento|charla|curso|recurso|servicio|ayuda|informacion)(?:e?s)?"
    r"(?: \w+){0,3} (?:de|para|sobre) (?:l[oa]s? )?(?:inmigrantes?|migrantes?|refugiad[oa]s?)",
    # Things.
    r"citizens? (?:on )?(?:patrol|corps)",
    r"no visas? (?:accepted|at|taken)\b",
    r"(?:tak(?:e|es|ing)|accepts?|use) visas?(?! (?:fraud|holder))",
    r"visa (?:bill|statement|points|accepted|sign|sticker|machine|reader|terminal|payment|charge|purchase)s?",
    r"(?:box|field|line|space|blank|casilla|espacio)(?: (?:for|marked|labeled|called|that says|on it|de|para"
    r"|que dice)(?: the"
    r"| an?| el)?)+ (?:(?:alien|uscis) (?:registration )?(?:number|no\.?)|citizenship|nationality|(?:country"
    r"|place) of birth)",
    r"(?:space )?aliens? (?:vs|versus|dvd|series|sticker|drawing|puppet|balloon|hat|t-?shirt|head|pinata|costume"
    r"|movie|film|poster|toy|mask|book|game|invasion|spaceship)s?|space aliens?",
    r"dreamers?,? (?:the )?(?:school )?(?:musical|play|show|concert|choir|band|dance|book)s?",
    r"green cards? (?:for the|in the|from the) (?:\w+ )?(?:game|deck|set|stock|box|printer)s?",
    r"green[- ]?card[- ]?(?:stock|board|paper|envelope|folder|sleeve|divider|cutout|punch)s?"
    r"|green cards? (?:on|for) (?:the|each|every) (?:door|board|wall|desk|bulletin|table|classroom|window)s?"
    r"|(?:cartulina|papel|hojas?|fichas?)s? (?:de color )?verdes?",
    r"tarjetas? verdes? de (?:visitantes?|juego|papel|cartulina|bingo)|tarjetas? visa",
    r"(?:work|working) (?:permit|authori[sz]ation|order)s? for (?:the|a|our) (?:roof|boiler|contractor|gym"
    r"|building|pipes?"
    r"|crew|kitchen|heating|site|plumber|electrician|repair|elevator|construction)\w*",
    r"permisos? de trabajo del? (?:la )?(?:contratista|techo|obra|edificio|plomero|electricista)s?",
    r"(?:visa,? (?:or|and|/|y|o) mastercard|mastercard,? (?:or|and|y|o) visa)",
    r"(?:paid|pay|pays|paying|pago|paga|pagaron|pagar|charged?|charges|cobro|cargo|bought"
    r"|compro)(?: \w+){0,3}? (?:with|w|by|on"
    r"|to|using|con|a)(?: an?| una| the| la| his| her| their| our| school){0,2} visa(?: card)?\b(?! (?:fraud|viol"
    r"|overst))",
    r"(?:despensas?|ropa|comida|donacion(?:es)?|cobijas|juguetes|utiles|abrigos|mochilas|panales"
    r"|colecta)(?: \w+){0,2}? para"
    r" (?:las |los )?(?:familias |ninos |estudiantes )?(?:refugiad[oa]s|inmigrantes|migrantes)",
    r"(?:food|clothes|clothing|coats|toys|supplies|donations|boxes|bags|diapers|furniture|backpacks|blankets"
    r"|books|gifts)"
    r"(?: \w+){0,2}? for (?:the |some |new )?(?:refugees?|immigrants?|migrants?|newcomers?)(?: families| kids"
    r"| students"
    r"| children| parents)?",
    r"undocumented (?:expense|cost|charge|change|feature|purchase|payment|hour|absence|overtime|fee)s?",
    r"(?:idioma|lengua|placa|moneda|carro|auto)s? extranjer[oa]s?|lenguas? extranjeras?",
    r"tps reports?",
    r"(?:somebody|someone|an? (?:person|individual|man|woman|subject)|people) with an? (?:\w+ )?(?:deportation|removal"
    r"|immigration) (?:case|matter)s?",
    r"(?:citizenship|naturalization|newcomers?) (?:teachers?|tutors?|instructors?)|(?:refugee|immigrant"
    r"|migrant) volunteers?",
    r"(?:no|any|without|without any) (?:papers|documents|documentation) with (?:him|her|them|me)\b",
    r"(?:papers|forms?|signature) for (?:an? |the |his |her )?work(?:ing)? (?:permit"
    r"|papers)s?(?: for)?(?: \w+){0,2} job",
    r"work(?:ing)? (?:papers|permits?) for (?:an? |the |his |her )?(?:1[3-7]\b|teen\w*|summer|after-?school"
    r"|part-?time)",
    r"(?:work|working|building) permits? (?:from|by|at) (?:the )?(?:city|town|building|state)",
    r"undocumented visitor (?:badges?|pass(?:es)?|counts?|logs?)",
    r"(?:work permits?|working papers) (?:posters?|info\w*|forms?|packets?|sheets?|folders?|bulletin)",
    r"working papers (?:signed|form|application|for (?:an? |his |her |the |their )?(?:\w+ )?job)",
    rf"(?:the|a|that|this|one) words? ['\"]?(?:deportable|inadmissible|undocumented|{_WORD})\b['\"]?(?! (?:of"
    rf"|from)\b)|(?:paper|form"
    rf"|page|box|heading|title|envelope"
    rf"|letter|header|sign) (?:says|said|reads|lists)(?: the word)? ['\"]?(?:deportable|inadmissible|deportation"
    rf"|removal)\b(?! (?:of|from)\b)",
    r"(?:la|esa|esta|una) orden (?:es|era|dice)(?: que es)? de deportacion",
    r"(?:clases?|cursos?|talleres|taller|examen|libros?) (?:para|de) (?:\w+ ){0,2}ciudadania",
    r"green[- ]?cards? (?:means?|pass(?:es)?|badge|lanyard|sticker|instead|for (?:good|nice) \w+|table|tray|stack"
    r"|rack|basket"
    r"|(?:for|to) (?:the )?(?:visitors?|vendors?|officials?|guests?"
    r"|subs?|volunteers?)|on (?:his|her|their|the) (?:jacket|shirt|lanyard|coat|clip|counter))",
    r"(?:yellow|blue|red|orange|white|pink|visitor|hall pass|laminat\w+|printer)\b[^.;]{0,50}?green[- ]?cards?\b"
    r"|green[- ]?cards?\b(?=[^.;]{0,50}\b(?:yellow|blue|red|orange|pink|visitor|lanyard)\b)"
    r"|hall pass\b[^.;]{0,20}green card",
    r"tarjetas? verdes?\b(?=[^.;]{0,50}\b(?:amarill|roj|azul|visit|proveedor|naranja|blanca)\w*)"
    r"|(?:amarill|roj|azul|visit)\w*\b[^.;]{0,50}?tarjetas? verdes?\b",
    r"(?:alien|uscis)(?: registration)? (?:number|no\.?)(?: (?:was|is|box|line|field|left|part))* (?:blank|empty"
    r"|missing|not filled)",
    r"(?:package|box|crate|letter|call|delivery|shipment|postcard|e-?mail|fax|package's)s? (?:came|arrived|is|was"
    r"|comes) from",
    r"(?:chefs?|singers?|dancers?|musicians?|drummers?|authors?|poets?|choirs?|bands?|performers?)(?: \w+)? from",
    r"(?:exchange|visiting|guest) (?:students?|teachers?|artists?|chefs?|authors?|dancers?)(?: \w+)? from",
    # A family's papers for an ordinary purpose, and what the visitors come about.
    rf"(?:\w+n't have|doesn't got|hasn't got|without|has|have|had|got|gets?|lost|needs?|no|any|his|her|their|the|some"
    rf"|missing|waiting (?:on|for))"
    rf"(?: (?:his|her|their|the|no|any|some|got|lost|your)){{0,6}} (?:papers|documents|documentation) (?:for|from"
    rf"|about|in"
    rf"|on|of|to)(?: (?:the|his|her"
    rf"|their|my|our|a|an|free|summer|after))* (?!{_PRIVATE_PAPERS})\w+",
    rf"(?:(?:no )?(?:tienen?|tenia[n]?|traen?|trajo|faltan?|busca|pide|necesita|perdio|por|los|las|sus|sin) )+(?:los "
    rf"|las |sus |unos )?(?:papeles|documentos)"
    rf" (?:del?|para|en|por)(?: (?:la|el|los|las|su|sus|mi))* (?!{_PRIVATE_PAPERS})\w+",
    r"(?:agents?|officers?|marshals?|deputy|deputies|detectives?|oficial(?:es)?|agentes?)(?: still| also"
    r"| just)? (?:has|have|had|got|lost|left"
    r"|forgot|(?:did|do|does)n't (?:have|bring)|without)(?: (?:his|her|their|any|no|the))* (?:papers|documents)",
    r"(?:here|came|come|coming|it's|it is|this is|it was|call\w*|visit|stopped by|says|said) (?:\w+ )?(?:about|for"
    r"|regarding|on|re) an? (?:civil"
    r" |federal |old |pending )?immigration (?:case|matter|issue|hearing|question)s?",
    r"(?:es|era|vienen?|vino|vinieron|estan? aqui|por)(?: por| para| sobre| de)? (?:un |una )(?:caso|asunto|tema|cosa"
    r"|cuestion) (?:civil )?de (?:in)?migracion",
    r"(?:his|her|their) status (?:is |was )?(?:on|in|with|for) (?:the |a |our )?(?:wait|lunch|bus|enroll|volunteer"
    r"|request|list|team|class|club"
    r"|tryout|pickup|library|background|pto|pta|office|school|bank|dmv|union|boosters)\w*",
    # Of an officer or a thing, not of a family.
    r"(?:his|her|their) status as (?:an? |the )?(?:\w+ ){0,2}?(?:agent|officer|official|employee|volunteer|contractor"
    r"|visitor|marshal|deputy|attorney|lawyer|investigator)s?",
    r"legal status of (?:the |a |this |that )?(?:paper|warrant|order|document|subpoena|form|request|case|vehicle)s?",
    r"(?:los |dos |las |unos )?(?:agentes?|oficial(?:es)?|policias?|hombres|senores)(?: \w+)? no (?:tienen?"
    r"|tenian?|traian?"
    r"|mostraron) (?:los |sus |ningunos? )?(?:papeles|documentos|orden)",
    r"(?:papel(?:es)?|documentos?|orden(?:es)?|formularios?) (?:no )?(?:es|son|era|eran) (?:i?legal(?:es)?)",
    r"(?:residente|residencia) de la calle",
)

NAMED: Final = words_matching(_NAMED)
"""Names, headings and things that say nothing about a person."""

_NAME_OR_STATUS: Final = (
    r"asylum|asilo",
    r"aliens?(?: affairs)?",
    r"citizens?",
    r"visas?",
    r"dreamers?",
    r"daca|tps",
    r"(?:deportation|removal|final) orders?|final orders? of removal|orders? of deportation",
    r"(?:warrant|record|notice) of (?:deportable|inadmissible|removable)[/ ]*(?:and |or )?(?:inadmissible"
    r"|deportable)?"
    r" ?(?:aliens?)?",
    r"residency (?:form|paper)s?",
    r"working papers|work permits?|employment (?:eligibility|authori[sz]ation)",
    r"i-? ?(?:94|130|131|140|360|485|539|551|589|601|751|765|821d?|914|918)",
)

NAME_OR_STATUS: Final = words_matching(rf"(?:{part})(?!\w)" for part in _NAME_OR_STATUS)
"""Words that are the name of a street, an agency or a form, unless the sentence is about somebody."""
