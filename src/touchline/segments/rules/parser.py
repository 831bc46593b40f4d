"""Read a filter. The grammar, loosest first:

filter     = both { "or" both }
both       = single { "and" single }
single     = "not" single | "(" filter ")" | function | comparison
function   = word "(" [ argument { "," argument } ] ")"
argument   = value | word "=" value            the one without a name comes first
comparison = [ "customer" "." ] word ( sign value | "contains" value | "in" "(" value { "," value } ")" )
value      = text | number
"""

from __future__ import annotations

from touchline.segments.rules.expression import And, Call, Comparison, Node, Not, Or, Value
from touchline.segments.rules.problem import FilterError
from touchline.segments.rules.tokens import Token, tokens

MAX_DEPTH = 20
MAX_CONDITIONS = 50
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "contains")


def parse(expression: str) -> Node:
    """Return the tree of a filter. Raises FilterError, and nothing else, whatever the text."""
    parser = _Parser(tokens(expression))
    node = parser.either()
    parser.expect_end()
    return node


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self._conditions = 0

    def either(self) -> Node:
        parts = [self._both()]
        while self._take("keyword", "or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def expect_end(self) -> None:
        token = self._peek()
        if token.kind != "end":
            raise FilterError(f"expected and, or, or the end, found {token.shown}.", token.column)

    def _both(self) -> Node:
        parts = [self._single()]
        while self._take("keyword", "and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _single(self) -> Node:
        token = self._peek()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FilterError(f"more than {MAX_DEPTH} conditions inside one another; make it flatter.", token.column)
        try:
            if self._take("keyword", "not"):
                return Not(self._single())
            if self._take("sign", "("):
                inner = self.either()
                self._need("sign", ")", "a closing bracket )")
                return inner
            return self._condition()
        finally:
            self._depth -= 1

    def _condition(self) -> Node:
        word = self._need("word", None, 'a condition such as country = "DE" or did("Order Completed")')
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            raise FilterError(f"more than {MAX_CONDITIONS} conditions in one filter.", word.column)
        if self._take("sign", "("):
            return self._call(word)
        if word.value.lower() == "customer" and self._take("sign", "."):
            return self._comparison(self._trait_name(), of_customer=True)
        return self._comparison(word, of_customer=False)

    def _trait_name(self) -> Token:
        return self._take("text") or self._need("word", None, "the name of a fact, as in customer.country")

    def _comparison(self, name: Token, *, of_customer: bool) -> Comparison:
        token = self._peek()
        if token.value not in OPERATORS or token.kind not in ("sign", "keyword"):
            raise FilterError(
                f"expected one of {', '.join(OPERATORS)} after “{name.value}”, found {token.shown}.", token.column
            )
        self._at += 1
        values = self._list() if token.value == "in" else (self._value(f"after {token.value}"),)
        return Comparison(name.value, of_customer, token.value, values, name.column)

    def _list(self) -> tuple[Value, ...]:
        self._need("sign", "(", 'a list in brackets, as in country in ("DE", "AT")')
        values = [self._value("in the list")]
        while self._take("sign", ","):
            values.append(self._value("in the list"))
        self._need("sign", ")", "a comma or the closing bracket ) of the list")
        return tuple(values)

    def _call(self, function: Token) -> Call:
        subject: Value | None = None
        named: dict[str, Value] = {}
        columns: dict[str, int] = {}
        while not self._take("sign", ")"):
            if subject is not None or named:
                self._need("sign", ",", f"a comma or the closing bracket ) of {function.value}(…)")
            token = self._peek()
            if token.kind == "word":
                name = self._named(function, columns)
                named[name], columns[name] = self._value(f"after {name} ="), token.column
            elif subject is None and not named:
                subject = self._value(f"in {function.value}(…)")
            else:
                raise FilterError(f"only the first value of {function.value}(…) goes without a name.", token.column)
        return Call(function.value, subject, named, columns, function.column)

    def _named(self, function: Token, so_far: dict[str, int]) -> str:
        word = self._need("word", None, "the name of an argument")
        if word.value in so_far:
            raise FilterError(f"{word.value} is given twice in {function.value}(…).", word.column)
        self._need("sign", "=", f"= after {word.value}")
        return word.value

    def _value(self, where: str) -> Value:
        token = self._peek()
        if token.kind not in ("text", "number"):
            hint = " Texts stand in double quotes." if token.kind == "word" else ""
            raise FilterError(f"expected a text or a number {where}, found {token.shown}.{hint}", token.column)
        self._at += 1
        return token.value if token.kind == "text" else float(token.value)

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _take(self, kind: str, value: str | None = None) -> Token | None:
        token = self._peek()
        if token.kind != kind or (value is not None and token.value != value):
            return None
        self._at += 1
        return token

    def _need(self, kind: str, value: str | None, expected: str) -> Token:
        token = self._take(kind, value)
        if token is None:
            found = self._peek()
            raise FilterError(f"expected {expected}, found {found.shown}.", found.column)
        return token
