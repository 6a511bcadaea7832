"""The app: its parts put together. Each part is a module with a `router`; what they share is `served`.

Routes are looked at in the order in which they are added here: the pages come last, since they take any address.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from avnkg import __version__
from avnkg.errors import AvnkgError
from avnkg.graph.build import current_build
from avnkg.service import api, graphs, pages, scripts, search, sparql, sparqlpage
from avnkg.service.faults import handle_faults
from avnkg.service.headers import HeadIsGet, SafeHeaders, ToldAtTheEnd
from avnkg.service.indexer import Indexer
from avnkg.service.pool import Pool
from avnkg.service.protocol import METHODS
from avnkg.service.served import open_served
from avnkg.service.settings import Settings
from avnkg.service.turns import Turns

LOOKING = 1
"""Seconds between two looks at whether the graph has been built anew."""

ROUTERS: Sequence[APIRouter] = (
    sparql.router,
    sparqlpage.router,
    api.router,
    api.described,
    search.router,
    scripts.router,
    graphs.router,
    pages.router,
)


def create_app(settings: Settings) -> FastAPI:
    """Return the app that serves the current build of a folder of graphs.

    Raises:
        GraphError: there is no graph, or it is damaged.
    """

    @contextlib.asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = Pool(app.state.served.build.store, settings.workers, settings.limits)
        await app.state.pool.start()
        app.state.pages, app.state.drawings = Turns(2, waiting=200), Turns(1, waiting=20)
        app.state.indexer.begin(app.state.served)
        looking = asyncio.create_task(_follow_builds(app, settings))
        try:
            yield
        finally:
            looking.cancel()
            await app.state.pool.stop()

    app = FastAPI(title="avnkg", version=__version__, lifespan=running, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.state.served = open_served(settings.root, settings.texts)
    app.state.indexer = Indexer()
    for router in ROUTERS:
        app.include_router(router)
    handle_faults(app)
    if settings.origin:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[settings.origin],
            allow_methods=METHODS.split(", "),
            allow_headers=["Accept", "Content-Type"],
        )
    app.add_middleware(HeadIsGet)
    app.add_middleware(ToldAtTheEnd)
    app.add_middleware(SafeHeaders)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts))
    return app


async def _follow_builds(app: FastAPI, settings: Settings) -> None:
    """Serve the next build when there is one: what is being answered is still answered from the one before."""
    while True:
        await asyncio.sleep(LOOKING)
        build = await run_in_threadpool(current_build, settings.root)
        if build is None or build.folder == app.state.served.build.folder:
            continue
        with contextlib.suppress(AvnkgError):  # it may be replaced again at this moment: the next look finds that one
            app.state.served = await run_in_threadpool(open_served, settings.root, settings.texts)
            app.state.pool.renew(app.state.served.build.store)
            app.state.indexer.begin(app.state.served)
