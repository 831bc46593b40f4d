"""`python -m touchline` is `touchline`."""

from touchline.cli.main import main

main()
