// A front end of another origin, with the part of a browser that decides what it may read: the CORS
// protocol of https://fetch.spec.whatwg.org, step by step, because Node's own fetch has none.
//
//   node client.mjs '{"base": "http://…", "origin": "https://…", "token": "…"}'
//
// Makes a task, lists the tasks and asks for one that is not there; prints what it could read.
import { request } from "node:http";

const { base, origin, token } = JSON.parse(process.argv[2]);

const readableAnyway = ["cache-control", "content-length", "content-type", "last-modified"];
const simpleMethods = ["GET", "HEAD", "POST"];

function send(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, Origin: origin } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ answer, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const list = (value) => (value ?? "").toLowerCase().split(/, */).filter(Boolean);

function check(answer) {
  const allowed = answer.headers["access-control-allow-origin"];
  if (allowed !== "*" && allowed !== origin) throw new TypeError("the origin is not allowed");
}

async function crossOriginFetch(path, { method = "GET", headers = {}, body } = {}) {
  const url = base + path;
  const unsafe = Object.keys(headers).filter(
    (name) =>
      name.toLowerCase() === "authorization" ||
      (name.toLowerCase() === "content-type" && headers[name] === "application/json") ||
      name.toLowerCase().startsWith("if-"),
  );
  if (unsafe.length > 0 || !simpleMethods.includes(method)) {
    const { answer } = await send(url, "OPTIONS", {
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": unsafe.map((name) => name.toLowerCase()).sort().join(","),
    });
    check(answer);
    if (answer.statusCode < 200 || answer.statusCode > 299) throw new TypeError("no preflight");
    const methods = list(answer.headers["access-control-allow-methods"]);
    if (!simpleMethods.includes(method) && !methods.includes(method.toLowerCase())) {
      throw new TypeError(`${method} is not allowed`);
    }
    // A star would not stand for Authorization.
    const names = list(answer.headers["access-control-allow-headers"]);
    const refused = unsafe.find((name) => !names.includes(name.toLowerCase()));
    if (refused) throw new TypeError(`${refused} is not allowed`);
  }
  const { answer, body: text } = await send(url, method, headers, body);
  check(answer);
  const readable = [...readableAnyway, ...list(answer.headers["access-control-expose-headers"])];
  const seen = Object.entries(answer.headers).filter(([name]) => readable.includes(name));
  return { status: answer.statusCode, headers: Object.fromEntries(seen), body: JSON.parse(text) };
}

const authorization = { Authorization: `Bearer ${token}` };
const json = { ...authorization, "Content-Type": "application/json" };
try {
  const made = await crossOriginFetch("/api/tasks", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ title: "Buy milk" }),
  });
  const changed = await crossOriginFetch(`/api/tasks/${made.body.id}`, {
    method: "PATCH",
    headers: { ...json, "If-Match": made.headers.etag },
    body: JSON.stringify({ title: "Buy oat milk" }),
  });
  const listed = await crossOriginFetch("/api/tasks?count=true", { headers: authorization });
  const missing = await crossOriginFetch("/api/nothing", { headers: authorization });
  const refused = await crossOriginFetch("/api/tasks", { headers: { Authorization: "Bearer x" } });
  console.log(JSON.stringify({ made, changed, listed, missing, refused }));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
}
