"""A Redis or Valkey that all workers share. While it is away, each keeps its own pages and nobody waits."""

import logging
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .absence import Absences

log = logging.getLogger(__name__)

# Seconds that a page waits for what was only to make it faster, and seconds before the next one waits again.
CONNECT, ANSWER, PAUSE = 0.25, 0.5, 5.0
KEPT = 200


absences = Absences(PAUSE)
REDIS = "redis"


class SharedCache(RedisCache):
    """Django's, with the memory of the worker behind it. Whatever goes wrong with Redis, no caller hears of it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {
            "socket_connect_timeout": CONNECT,
            "socket_timeout": ANSWER,
            # A connection that Redis closed meanwhile is made anew, once and at once.
            "retry": Retry(NoBackoff(), 1),
        }
        super().__init__(server, {**params, "OPTIONS": {**patience, **params.get("OPTIONS", {})}})
        self._own = LocMemCache("shared_cache", {**params, "OPTIONS": {"MAX_ENTRIES": KEPT}})

    def _do(self, method: str, *args: Any, **kwargs: Any) -> Any:
        was_away = REDIS in absences
        if absences.is_worth_asking(REDIS):
            try:
                answer = getattr(super(), method)(*args, **kwargs)
            except RedisError as error:
                if absences.begins(REDIS):
                    log.warning("the shared cache is away, workers keep their own pages: %s", type(error).__name__)
            else:
                if was_away and absences.ends(REDIS):
                    self._own.clear()
                    log.warning("the shared cache answers again")
                return answer
        return getattr(self._own, method)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._do("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._do("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("delete", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self._do("get_many", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return self._do("incr", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._do("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._do("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self._do("clear")
