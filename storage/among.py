"""A column's value is one of several, in one parameter: the statement stays the same however many there are.

So a database prepares it once. `IN` has a parameter for each value, and a new statement for each number of them.
"""

import json
from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class Several(TypeDecorator[Collection[str]]):
    """Texts in one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Take the database's own type."""
        return ARRAY(String()) if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> list[str] | str:
        """Hand the values over, in an order of their own."""
        values = sorted(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class among(FunctionElement[bool]):  # noqa: N801  # it reads as `in_` does
    """Whether a column's value is among those of the parameter `name`; among none it never is."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: Any, name: str) -> None:
        super().__init__(column, bindparam(name, type_=Several()))

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002  # SQLAlchemy's signature
        """Stand as it is: as a mere truth value SQLAlchemy would write `= 1` behind it, and no index would be used."""
        return self


@compiles(among, "postgresql")
def _any(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = _sides(element)
    return f"{compiler.process(column, **kw)} = ANY ({compiler.process(values, **kw)})"


@compiles(among, "sqlite")
def _in(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(side, **kw) for side in _sides(element))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608  # compiled expressions


def _sides(element: among) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    column, values = element.clauses
    return column, values
