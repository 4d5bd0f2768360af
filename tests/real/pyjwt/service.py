"""Another service that takes Tickbox's tokens, as people write one with FastAPI and PyJWT.

python service.py '{"issuer": "…", "secret": "…"}'     verifies HS256 with the shared secret
python service.py '{"issuer": "…", "jwks_url": "…"}'   verifies EdDSA with the published keys

Prints one line of JSON with its address, and then serves GET /whoami.
"""

import json
import socket
import sys

import jwt
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

settings = json.loads(sys.argv[1])
published = jwt.PyJWKClient(settings["jwks_url"]) if "jwks_url" in settings else None
app = FastAPI()


def claims(sent: HTTPAuthorizationCredentials = Depends(HTTPBearer())) -> dict:
    token = sent.credentials
    try:
        if published:
            key, algorithm = published.get_signing_key_from_jwt(token).key, "EdDSA"
        else:
            key, algorithm = settings["secret"], "HS256"
        return jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience="tickbox",
            issuer=settings["issuer"],
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise HTTPException(401, str(error)) from error


@app.get("/whoami")
def whoami(found: dict = Depends(claims)) -> dict:
    return {"sub": found["sub"]}


listener = socket.create_server(("127.0.0.1", 0))
print(json.dumps({"baseURL": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
