// A Better Auth server with its JWT plugin, as an app beside Tickbox runs one.
//
//   node server.mjs '{"algorithm": "EdDSA", "secret": "…", "audience": "tickbox"}'
//
// Prints one line of JSON with its address, and then serves: /api/auth/… is Better Auth's own,
// /fetched tells how often its public keys were asked for. With HS256 the plugin signs with the
// secret, and publishes nothing.
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import { SignJWT } from "jose";

const {
  algorithm,
  secret,
  audience = "tickbox",
  issuer,
  expirationTime = "15m",
  rotationInterval,
} = JSON.parse(process.argv[2]);

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const baseURL = `http://127.0.0.1:${server.address().port}`;

const claims = { issuer: issuer ?? baseURL, audience, expirationTime };
const keyPair = algorithm === "EdDSA" ? { alg: "EdDSA", crv: "Ed25519" } : { alg: algorithm };
const published = { jwks: { keyPairConfig: keyPair, rotationInterval }, jwt: claims };
const shared = {
  // The plugin demands both where somebody else signs.
  jwks: { remoteUrl: `${baseURL}/unused`, keyPairConfig: { alg: "EdDSA" } },
  jwt: {
    ...claims,
    sign: (payload) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .sign(new TextEncoder().encode(secret)),
  },
};

const auth = betterAuth({
  baseURL,
  secret,
  telemetry: { enabled: false },
  database: memoryAdapter({
    user: [],
    session: [],
    account: [],
    verification: [],
    jwks: [],
    rateLimit: [],
  }),
  emailAndPassword: { enabled: true },
  session: { cookieCache: { enabled: true, strategy: "jwt" } },
  plugins: [jwt(algorithm === "HS256" ? shared : published)],
});

let fetched = 0;
const handle = toNodeHandler(auth);
server.on("request", (request, response) => {
  if (request.url === "/fetched") {
    response.end(String(fetched));
    return;
  }
  fetched += request.url === "/api/auth/jwks" ? 1 : 0;
  handle(request, response);
});
console.log(JSON.stringify({ baseURL }));
