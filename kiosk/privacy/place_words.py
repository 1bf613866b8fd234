"""Words for places, as parts of the patterns in this folder. They expect text normalized by `folding.folded`."""

from __future__ import annotations

from typing import Final

from kiosk.privacy.patterns import Words

_COUNTRIES: Final = (
    r"(?:mexico|guate(?:mala)?|honduras|el salvador|salvador|nicaragua|costa rica|panama|cuba|haiti|jamaica"
    r"|(?:the )?(?:dominican republic|republica dominicana)|colombia|venezuela|ecuador|peru|bolivia|brazil|brasil"
    r"|chile"
    r"|argentina|paraguay|uruguay|guyana|belize|(?:central|south|latin) america|(?:centro|sud|sur)america|africa|asia"
    r"|afghanistan|afganistan|syria|siria|iraq|irak|iran|yemen|somalia|sudan|ethiopia|eritrea|(?:the )?congo|nigeria"
    r"|ghana|liberia|senegal|mali|angola|cameroon|kenya|morocco|egypt|ukraine|ucrania|russia|rusia|poland|polonia"
    r"|portugal|spain|espana|italy|albania|kosovo|bosnia|turkey|turquia|pakistan|bangladesh|nepal|burma|myanmar"
    r"|(?:the )?philippines|filipinas|vietnam|cambodia|laos|(?:north |south )?korea|cape verde|cabo verde"
    r"|trinidad|barbados|st\.? lucia|dominica"
    # Cities and states in them.
    r"|guatemala city|(?:la )?ciudad de (?:guatemala|mexico)|mexico city|quetzaltenango|huehuetenango|chiquimula"
    r"|tegucigalpa|san pedro sula|choluteca|san salvador|managua|santo domingo|puerto principe|port[- ]au[- ]prince"
    r"|(?:la )?habana|havana|caracas|maracaibo|bogota|medellin|guayaquil|cuenca|michoacan|oaxaca|chiapas|jalisco"
    r"|guadalajara|zacatecas|sinaloa|tlaxcala|sao paulo|goiania|minas gerais|kinshasa|mogadishu|kabul|kiev|kyiv"
    r"|puebla|veracruz|michoacan|guerrero|tijuana|lima|quito|managua|cochabamba|la paz|asuncion|cartagena|valencia"
    r"|leogane|cap[- ]haitien|damascus|aleppo|baghdad|addis ababa|asmara|islamabad|lahore|dhaka|kathmandu|fuzhou"
    r"|fujian)"
)
"""Countries that families of a school come from."""

COUNTRY: Final = "(?:acountry|china|india)"
"""A country in a text that `countries_replaced` returned. The two are Spanish nationalities, too, and stay."""


def countries_replaced(plain: str) -> str:
    """Return folded text with one word instead of each country, so that a pattern need not list them all."""
    return _COUNTRY.sub("acountry", plain)


_COUNTRY: Final = Words(rf"(?<!\w)(?=\w){_COUNTRIES}\b")
PATTERNS: Final = (_COUNTRY,)
"""All of them. Prepare each before the first text is judged."""

HELD: Final = (
    r"(?:another state|otro estado|texas|louisiana|luisiana|georgia|arizona|florida|mississippi|new hampshire"
    r"|massachusetts|boston|plymouth|batavia|burlington)"
)
"""Places where people are held far from here."""

CROSSING: Final = (
    r"(?:texas|arizona|california|acountry|(?:nuevo )?laredo|tijuana|eagle pass|el paso|(?:ciudad )?juarez|nogales"
    r"|mexicali|reynosa|matamoros|brownsville|mc ?allen|del rio|piedras negras|san ysidro|yuma|sonora|tapachula"
    r"|(?:the |el )?darien(?: gap)?)"
)
"""Places where people cross a border."""

US: Final = r"(?:(?:the |los )?united states|(?:los )?estados unidos|the u\.?s\.?a?|ee\.? ?uu\.?|usa)"
