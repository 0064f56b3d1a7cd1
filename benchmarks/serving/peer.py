"""The same answers by FastAPI, from memory: the pages are read once, as objects, from the service."""

import json
import os
import pathlib

from fastapi import FastAPI
from fastapi.responses import JSONResponse

PAGES = json.loads(pathlib.Path(os.environ["PEER_PAGES"]).read_text())
app = FastAPI()


@app.get("/api/v1/recommendations")
def recommendations(category: str, limit: int):
    return JSONResponse(PAGES[category])
