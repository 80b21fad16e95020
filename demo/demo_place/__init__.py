"""How the demonstration province is made; `load.py` beside this folder starts it."""
