"""An issuer that publishes its keys over TLS, under a certificate of an authority of its own.

python issuer.py AUTHORITY_FILE

Writes the authority's certificate to that file, prints one line of JSON with its address and a token,
and then serves its keys at /jwks. The certificate is for `localhost` and for no address.
"""

import base64
import datetime
import http.server
import json
import ssl
import sys
import tempfile

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

ISSUER = "https://auth.example.org"
now = datetime.datetime.now(datetime.timezone.utc)


def certify(name, key, signer, signed_by, extensions):
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    by = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, signed_by)])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
    )
    for extension in extensions:
        built = built.add_extension(extension, critical=False)
    return built.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
with open(sys.argv[1], "wb") as file:
    file.write(
        certify("Home", authority, authority, "Home", [x509.BasicConstraints(True, None)])
    )
names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
with tempfile.NamedTemporaryFile() as file:
    file.write(certify("localhost", own, authority, "Home", [names]))
    file.write(
        own.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    file.flush()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file.name)

signer = ed25519.Ed25519PrivateKey.generate()
x = base64.urlsafe_b64encode(signer.public_key().public_bytes_raw()).rstrip(b"=").decode()
keys = json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "k"}]}).encode()
claims = {
    "iss": ISSUER,
    "aud": "tickbox",
    "sub": "ann",
    "iat": now,
    "exp": now + datetime.timedelta(minutes=15),
}
token = jwt.encode(claims, signer, algorithm="EdDSA", headers={"kid": "k"})


class Keys(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(keys)))
        self.end_headers()
        self.wfile.write(keys)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Keys)
server.socket = tls.wrap_socket(server.socket, server_side=True)
address = f"https://localhost:{server.server_port}"
print(json.dumps({"baseURL": address, "token": token}), flush=True)
while True:
    try:
        server.serve_forever()
    except (ssl.SSLError, ConnectionError):
        pass  # Somebody did not like the certificate.
