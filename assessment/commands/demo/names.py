"""Invented names of organisations. The places are made of birds and plants, and none of them exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Final

from assessment.commands.demo.chance import chance

FIRST_PLACE: Final = "Larkshire"

_FIRST: Final[Mapping[str, str]] = {
    "england": "Lark Siskin Linnet Dunnock Teasel Sorrel Tansy Curlew Plover Pipit Redstart Whimbrel Dotterel Bittern "
    "Campion Burdock Bryony Comfrey Martlet Sanicle Betony Yaffle Fescue Harebell Vetch Medlar Spindle Bulfinch",
    "wales": "Aber Llan Pen Tre Cwm Glyn Nant Bryn",
    "scotland": "Strath Inver Glen Kin Dun Auchter Loch Pit",
    "northern-ireland": "Bally Drum Carrick Kil Derry Magher Clon Tully",
}
_LAST: Final[Mapping[str, str]] = {
    "england": "shire mere bridge combe stead haven minster dale wick borough cliffe holme thorpe worth ley "
    "bourne hithe beck",
    "wales": "wennol ehedydd ddryw eithin frial alarch gwylan dylluan",
    "scotland": "lavrock whaup lintie teuchit speug merle cushat gowk",
    "northern-ireland": "fushog naskel finlark lorragh smolach gallan dreolin speedog",
}
_KINDS: Final[Mapping[str, str]] = {
    "council": "{} Council",
    "local-council": "{} Parish Council",
    "combined-authority": "{} Combined Authority",
    "nhs-trust": "{} Hospitals NHS Trust",
    "health-board": "NHS {} Integrated Care Board",
    "primary-care": "{} Surgery",
    "police-force": "{} Police",
    "fire-and-rescue": "{} Fire and Rescue",
    "school-or-college": "{} School",
    "university": "University of {}",
    "housing-association": "{} Homes",
    "charity": "{} Neighbours",
    "company": "{} Co-operative",
    "government": "{} Development Agency",
    "other": "{} Partnership",
}
_BY_NATION: Final[Mapping[tuple[str, str], str]] = {
    ("wales", "council"): "{} County Council",
    ("wales", "local-council"): "{} Community Council",
    ("wales", "health-board"): "{} Health Board",
    ("wales", "housing-association"): "Cartrefi {}",
    ("wales", "charity"): "Cymdogion {}",
    ("scotland", "health-board"): "NHS {}",
    ("scotland", "housing-association"): "{} Housing",
    ("scotland", "local-council"): "{} Community Council",
    ("northern-ireland", "council"): "{} District Council",
    ("northern-ireland", "nhs-trust"): "{} Health and Social Care Trust",
}


def places(nation: str, seed: int) -> Iterator[str]:
    """Names of places of a nation without end, none twice: single ones first, then two joined by "and"."""
    single = [first + last for first, last in product(_FIRST[nation].split(), _LAST[nation].split())]
    chance(seed, "places", nation).shuffle(single)
    if FIRST_PLACE in single:
        single.remove(FIRST_PLACE)
        single.insert(0, FIRST_PLACE)
    yield from single
    for size in range(2, len(single)):
        yield from (f"{', '.join(names[:-1])} and {names[-1]}" for names in combinations(single, size))


def organisation_name(kind: str, nation: str, place: str) -> str:
    """What an organisation of this kind would be called in this place."""
    return _BY_NATION.get((nation, kind), _KINDS[kind]).format(place)
