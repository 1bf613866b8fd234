"""Banned claims in Spanish: (pattern, parts), for folded sentences without accents. Each match contains a part."""

from __future__ import annotations

from typing import Final

Rules = tuple[tuple[str, tuple[str, ...]], ...]

_PAPERS: Final = (
    r"(?:papel(?:es)?|orden(?:es)?|documentos?|citacion(?:es)?|firmas?|placas?|identificacion(?:es)?"
    r"|credencial(?:es)?)"
)
_JUDGED: Final = (
    r"(?:valid[oa]s?|invalid[oa]s?|legal(?:es)?|ilegal(?:es)?|fals[oa]s?|autentic[oa]s?|falsificad[oa]s?|genuin[oa]s?"
    r"|verdader[oa]s?|nul[oa]s?|real(?:es)?|legitim[oa]s?)\b"
)
_JUDGEMENTS: Final = ("valid", "legal", "fals", "autentic", "genuin", "verdader", "nul", "real", "legitim")
_BE: Final = r"(?:es|son|era|eran|parece|parecen|esta|estan|sea|sean|ser|sera|seran)"

PAPER: Final[Rules] = (
    (rf"\b(?:{_PAPERS}|esto|eso)(?: \w+){{0,5}}? {_BE}(?: \w+){{0,2}}? {_JUDGED}", _JUDGEMENTS),
    (rf"\b(?:no )?{_BE}(?: (?:muy|realmente|totalmente|un|una|el|la|los|las|ese|esta|ese))? (?:{_PAPERS} )?{_JUDGED}",
     _JUDGEMENTS),
    (rf"\b{_PAPERS}(?: judicial(?:es)?)? (?!legal){_JUDGED}", _JUDGEMENTS),
    (rf"\b{_PAPERS}(?: \w+){{0,4}}? no (?:vale[n]?|sirve[n]?|cuenta[n]?|significa[n]? nada)\b",
     ("vale", "sirve", "cuenta", "significa")),
)  # fmt: skip
"""A claim about the validity of a paper."""

ENTRY: Final[Rules] = (
    (r"\b(?:no (?:puede[ns]?|podra[ns]?|podeis|debe[ns]?|se (?:les? )?permite|tiene[ns]? (?:permiso|permitido"
     r"|autorizacion)"
     r"|esta[ns]? autorizad[oa]s?)|tiene[ns]? prohibido)(?: \w+)?(?: a| para)? (?:entrar|pasar|ingresar|acceder"
     r"|permanecer"
     r"|quedarse|estar aqui)\b", ("entrar", "pasar", "ingresar", "acceder", "permanecer", "quedarse", "estar aqui")),
    (r"\bno tiene[ns]?(?: ningun| el)? derechos?\b|\bno tiene[ns]? (?:la )?autoridad\b", ("derecho", "autoridad")),
    (r"\b(?:tiene[ns]? que|debe[ns]?) (?:irse|salir|marcharse|retirarse|traer una orden|tener una orden"
     r"|mostrar una orden)\b"
     r"|\bnecesita[ns]? una orden\b", ("irse", "salir", "marcharse", "retirarse", "orden")),
    (r"\b(?:vayase|vayanse|larguese|larguense|retirese|retirense|marchese|marchense)\b|\bfuera de aqui\b"
     r"|\bprohibid[oa] (?:el paso|la entrada|entrar|pasar)\b",
     ("vaya", "largue", "retire", "marche", "fuera", "prohibid")),
    (r"\bno (?:los |las |les |lo |la |le )?(?:deje[ns]?|permita[ns]?|dejar|dejamos|dejo"
     r"|puedo dejar\w{0,4}) (?:\w+ ){0,2}?"
     r"(?:entrar|pasar|entre[n]?|pase[n]?)\b|\bnieg(?:ue|uen)(?:les?)? (?:\w+ )?(?:la entrada|el paso|el acceso)\b"
     r"|\bno puedo dejarl[oae]s? (?:entrar|pasar)\b", ("entra", "entre", "pas", "acceso")),
)  # fmt: skip
"""A refusal of entry, or an instruction to refuse it."""

DECEIT: Final[Rules] = (
    (r"\bescond(?:e|er|a|as|an|en|iendo|ere|er[ln]\w{1,3}|a[ln]\w{1,4}|id[oa]s?)\b|\bescond(?:alo|ala|alos|alas)\b"
     r"|\bocult(?:e|en|es|ar|arl[oae]s?|el[oae]s?|enl[oae]s?|ando)\b"
     r"|\bencubr\w{1,5}\b", ("escond", "ocult", "encubr")),
    (r"\b(?:mient[ae][ns]?|mentir\w{0,4}|mintiendo|mentiras?)\b|\bengan(?:e|en|es|ar|arl[oae]s?|el[oae]s?|ando)\b"
     r"|\b(?:finj[aoe]\w{0,3}|fingir|fingiendo|disimul(?:e|en"
     r"|ar))\b", ("mient", "ment", "mint", "engan", "fin", "disimul")),
    # `Hágase a un lado` only asks a person to step aside.
    (r"\bhaga[ns]? (?:como que|como si|creer|pasar por)\b|\bhagal(?:es|os) creer\b"
     r"|\b(?:hagan?se|hacerse) (?:pasar por|(?:el|la|los|las)(?: que)? (?:tont|sord|dormid|enferm|desentendid|ocupad"
     r"|distraid|no (?:sabe|oye|ve))\w*)\b", ("haga", "hacerse")),
    (r"\b(?:diga[ns]?|digal[ea]s?|diganles?|decir(?:les?)?)(?: \w+)? que (?:\w+ ){0,3}?(?:no esta[n]?(?! segur)"
     r"|no vin[oa]|no vinieron"
     r"|se fue(?:ron)?|esta ausente|esta enferm[oa]|no sabe nada|no hay nadie)\b", ("dig", "decir")),
    (r"\b(?:destruy\w{1,4}|destruir|borr(?:e|en|ar)|tritur(?:e|en|ar)|romp(?:a|an|er)|quem(?:e|en|ar)|tir(?:e|en|ar)"
     r"|elimin(?:e|en|ar)|altere|alterar)(?: \w+){0,3}? (?:registros?|papel(?:es)?|archivos?|documentos?"
     r"|listas?|correos?"
     r"|videos?|expedientes?|pruebas?)\b", ("destru", "borr", "tritur", "romp", "quem", "tir", "elimin", "alter")),
    (r"\b(?:de|den|dar|use|usar|escriba|invente|inventar)(?: \w+){0,2}? (?:nombres?|numeros?|informacion"
     r"|direccion(?:es)?"
     r"|datos?|excusas?|historias?) (?:fals[oa]s?|inventad[oa]s?|equivocad[oa]s?)\b|\binvent(?:e|en|ar)\b",
     ("fals", "invent", "equivocad")),
    (r"\b(?:saque|saquen|sacar|lleve|lleven|llevar|mueva|muevan"
     r"|mover)(?: \w+){0,4}? (?:por (?:la puerta de )?atras|por la"
     r" puerta trasera|a otr[oa] (?:lugar|sala|salon|aula|cuarto|edificio))\b", ("atras", "trasera", "otr")),
)  # fmt: skip
"""An instruction to hide a person, to lie, to deceive, or to destroy evidence."""

REVEAL: Final[Rules] = (
    (r"\b(?:confirme|confirmen|confirmar|admita|admitan)(?: \w+){0,4}? (?:alumn[oa]s?|estudiantes?|nin[oa]s?|hij[oa]s?)"
     r"(?: \w+){0,4}? (?:aqui|escuela|inscrit[oa]s?|matriculad[oa]s?)\b", ("confirm", "admit")),
    (r"\b(?:diga|digan|decir|digales?)(?: \w+){0,3}? (?:el|la|un|una|ese|esa) (?:alumn[oa]|estudiante|nin[oa])"
     r" (?:es|era|esta|estaba|estudia|va|viene)(?: \w+){0,3}? (?:aqui|escuela|alumn[oa]|estudiante)\b",
     ("diga", "decir")),
    (r"\b(?:entregue|entreguen|de|den) (?:el|los|la|las) (?:expedientes?|historial(?:es)?|calificaciones|horarios?"
     r"|direccion(?:es)?)\b", ("entreg", "de ", "den ")),
)  # fmt: skip
"""A disclosure of who is or was a student here, or of the content of a record."""

LOCK: Final[Rules] = (
    (r"\b(?:cierr[ea][n]?|cerrar|trabe|trabar|asegure)(?: \w+){0,4}? con (?:llave|seguro|candado|cerrojo)\b",
     ("llave", "seguro", "candado", "cerrojo")),
    (r"\bencierr\w{1,5}\b|\bencerr(?:ar|ad)\w{0,4}\b|\batranqu\w{1,4}\b|\b(?:eche|echar|ponga|poner)(?: el"
     r"| la)? (?:llave"
     r"|seguro|cerrojo|candado)\b", ("encierr", "encerr", "atranqu", "llave", "seguro", "cerrojo", "candado")),
    (r"\b(?:cierre[n]?|cierre(?:les?)|cerrar(?:les?)?)(?: \w+){0,2}? puertas? (?:en la cara|a los|a las"
     r"|en sus? cara)\b",
     ("puerta",)),
)  # fmt: skip
"""An instruction to lock a door on a person."""

DELAY: Final[Rules] = (
    (r"\bretras(?:e|en|es|ar|arl[oae]s?|el[oae]s?|enl[oae]s?|ando)\b|\bdemor(?:e|en|es|ar|arl[oae]s?|el[oae]s?"
     r"|ando)\b"
     r"|\bentreten(?:er|erl[oae]s?|gal[oae]s?|ga|gan)\b|\bdistra(?:er|erl[oae]s?|iga|igan|igal[oae]s?)\b",
     ("retras", "demor", "entreten", "distra")),
    (r"\bobstru(?:ya|yan|ir|yal[oae]s?|yendo)\b|\bentorpe\w{2,6}\b|\bestorb(?:e|en|ar)\w{0,3}\b|\bimp(?:ida"
     r"|idan|edir\w{0,3})"
     r"\b|\b(?:los|las|lo|la|les) (?:detenga|detengan|pare|paren|frene)\b|\bdeten(?:gal[oae]s?|erl[oae]s?)\b",
     ("obstru", "entorpe", "estorb", "imp", "deten", "pare", "frene")),
    (r"\bhag(?:a|an)(?:l[oae]s)? esperar\b|\b(?:los|las|lo|la) haga esperar\b|\bgan(?:e|en|ar) tiempo\b"
     r"|\btome(?:se)? su tiempo\b", ("esperar", "tiempo")),
    (r"\bbloque(?:e|en|es|ar|arl[oae]s?|el[oae]s?|ando)\b|\bcierre[n]?(?:les?)? el paso\b|\bponga[n]?se (?:en medio"
     r"|delante)\b|\b(?:los|las|lo|la) (?:persiga|persigan|toque|toquen)\b",
     ("bloque", "el paso", "pongase", "ponganse", "persig", "toque")),
)  # fmt: skip
"""An instruction to delay or obstruct a person."""
