"""Writes data/parties/state-names.toml: the states' names in Arabic, Persian, Hebrew, Russian and Ukrainian.

Source: the Unicode CLDR territory names (Unicode License v3), as packaged in Babel 2.x (pip install Babel).
Run: python tools/state_names.py > data/parties/state-names.toml
"""
import pathlib
import tomllib

import babel
from babel import Locale

LANGUAGES = ["ar", "fa", "he", "ru", "uk"]
here = pathlib.Path(__file__).parent.parent
states = tomllib.loads((here / "data/parties/states.toml").read_text())["state"]
print(f"""# Names of the states in other scripts, by ISO 3166-1 alpha-2 code.
#
# What: one row per state of states.toml; the loader adds these names to its aliases.
# Where from: Unicode CLDR territory names (Unicode License v3, (c) Unicode, Inc.), by way of Babel {babel.__version__};
#   written by tools/state_names.py in the languages {", ".join(LANGUAGES)}. Do not edit: add other names to states.toml.""")
for state in states:
    code = state["id"]
    names = []
    for language in LANGUAGES:
        name = Locale(language).territories.get(code)
        if name and name not in names and not name.isascii():
            names.append(name.replace("\u200f", ""))
    if len(code) == 2 and names:
        print(f"{code} = [{', '.join(chr(34) + n + chr(34) for n in names)}]")
