"""The SPARQL 1.1 Protocol at /sparql."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from avnkg.service.served import Served, served

router = APIRouter()


@router.get("/sparql")
async def ask(query: Annotated[str, Query()], graph: Annotated[Served, Depends(served)]) -> Response:
    """Answer a query."""
    rows = await run_in_threadpool(graph.graph.query, query)
    return Response(rows.to_json(), media_type="application/json")
