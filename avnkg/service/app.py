"""The app: its parts put together. Each part is a module with a `router`; what they share is `served`.

Routes are looked at in the order in which they are added here: the pages come last, since they take any address.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from avnkg import __version__
from avnkg.service import api, scripts, search, sparql
from avnkg.service.served import open_served
from avnkg.service.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Return the app that serves the current build of a folder of graphs.

    Raises:
        GraphError: there is no graph, or it is damaged.
    """

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        yield

    app = FastAPI(title="avnkg", version=__version__, lifespan=running, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.served = open_served(settings.root, settings.texts)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts))
    for router in (sparql.router, api.router, api.described, search.router, scripts.router):
        app.include_router(router)
    return app
