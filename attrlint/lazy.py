"""Attributes that are worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - it is written like a decorator
    """A method that is called once for each object and leaves its value as an attribute.

    `functools.cached_property` does the same, but takes a lock on every first access before Python 3.12, which costs
    more than most values here.
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> lazy[T] | T:
        """Work out the value; from then on the attribute of the object is found before this."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._function(instance)
        return value
