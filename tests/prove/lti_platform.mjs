// A learning management system on loopback; jose signs and checks for it. Addresses below /proof/ are for the proof only:
// what came, who is signed in, and how the next launch is to lie.
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from "jose";

const port = process.argv[2];
const here = `http://localhost:${port}`;
const LTI = "https://purl.imsglobal.org/spec/lti/claim/", DL = "https://purl.imsglobal.org/spec/lti-dl/claim/";
const AGS = "https://purl.imsglobal.org/spec/lti-ags/", NRPS = "https://purl.imsglobal.org/spec/lti-nrps/";
const ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership#";
const TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration";
const scopes = [`${AGS}scope/lineitem`, `${AGS}scope/score`, `${NRPS}scope/contextmembership.readonly`];
const keys = await generateKeyPair("RS256"), strange = await generateKeyPair("RS256");
const published = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };
const seen = { registration: null, chosen: null, columns: [], scores: [], refused: [] };
const tokens = new Map(), used = new Set();
let invitation = randomUUID(), tool = null, user = null, lie = "";

class Refusal extends Error {
  constructor(status, why) { super(why); this.status = status; }
}
const need = (good, status, why) => { if (!good) throw new Refusal(status, why); };

// What the tool signed, if it did, for this audience, within its time, and once.
async function believed(token, audience) {
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(tool.keys)), { algorithms: ["RS256"], issuer: tool.client, audience, requiredClaims: ["exp", "iat"] });
  const once = payload.jti ?? payload.nonce;
  need(once && !used.has(once), 401, "said before, or cannot be told apart");
  used.add(once);
  return payload;
}

function allowed(request, scope) {
  const found = tokens.get((request.headers.authorization ?? "").replace(/^Bearer /, ""));
  need(found && found.ends > Date.now(), 401, "no token");
  need(found.scopes.includes(scope), 403, `the token is not for ${scope}`);
}

async function launch(query) {
  need(tool && query.client_id === tool.client && tool.redirects.includes(query.redirect_uri), 400, "no such tool, or not its address");
  const asked = { scope: "openid", response_type: "id_token", response_mode: "form_post", prompt: "none" };
  for (const [name, value] of Object.entries(asked)) need(query[name] === value, 400, `${name}: ${query[name]}`);
  need(query.nonce && query.state && query.login_hint === user.sub, 400, "no nonce, no state, or another login_hint");
  const choosing = query.lti_message_hint === "choose";
  const claims = {
    ...user, nonce: query.nonce, azp: tool.client,
    [`${LTI}version`]: "1.3.0", [`${LTI}deployment_id`]: "deployment-1", [`${LTI}roles`]: [`${ROLE}${choosing ? "Instructor" : "Learner"}`],
    [`${LTI}message_type`]: choosing ? "LtiDeepLinkingRequest" : "LtiResourceLinkRequest",
    [`${LTI}target_link_uri`]: choosing ? tool.target : seen.chosen[0].url,
    [`${LTI}context`]: { id: "course-1", title: "Math 6" },
  };
  if (choosing) claims[`${DL}deep_linking_settings`] = { deep_link_return_url: `${here}/chosen`, accept_types: ["ltiResourceLink"], accept_presentation_document_targets: ["window"], accept_multiple: true, data: "kept" };
  else {
    claims[`${LTI}resource_link`] = { id: "link-1", title: seen.chosen[0].title };
    claims[`${AGS}claim/endpoint`] = { scope: scopes.slice(0, 2), lineitems: `${here}/items` };
    claims[`${NRPS}claim/namesroleservice`] = { context_memberships_url: `${here}/members`, service_versions: ["2.0"] };
  }
  if (lie === "unsigned") return new UnsecuredJWT({ ...claims, iss: here, aud: tool.client, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 300 }).encode();
  const late = lie === "late" ? Math.floor(Date.now() / 1000) - 7200 : Math.floor(Date.now() / 1000);
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one", typ: "JWT" }).setIssuer(lie === "issuer" ? "http://localhost:1" : here)
    .setAudience(lie === "audience" ? "another-tool" : tool.client).setIssuedAt(late).setExpirationTime(late + 300).sign(lie === "forged" ? strange.privateKey : keys.privateKey);
}

const pages = {
  "GET /.well-known/openid-configuration": () => ({
    issuer: here, authorization_endpoint: `${here}/auth`, token_endpoint: `${here}/token`, jwks_uri: `${here}/keys`, registration_endpoint: `${here}/register`,
    scopes_supported: ["openid", ...scopes], response_types_supported: ["id_token"], id_token_signing_alg_values_supported: ["RS256"], claims_supported: ["iss", "sub", "name", "email"],
    "https://purl.imsglobal.org/spec/lti-platform-configuration": { product_family_code: "proof", version: "1", messages_supported: [{ type: "LtiResourceLinkRequest" }, { type: "LtiDeepLinkingRequest" }] },
  }),
  "GET /keys": () => ({ keys: [published] }),
  "POST /register": ({ request, body }) => {
    need(invitation && request.headers.authorization === `Bearer ${invitation}`, 401, "not invited, or invited before");
    const asked = JSON.parse(body);
    need(asked.application_type === "web" && asked.token_endpoint_auth_method === "private_key_jwt" && asked.jwks_uri, 400, "not what LTI asks for");
    invitation = "";
    tool = { client: randomUUID(), redirects: asked.redirect_uris, begin: asked.initiate_login_uri, keys: asked.jwks_uri, target: asked[TOOL].target_link_uri };
    seen.registration = asked;
    return { ...asked, client_id: tool.client, [TOOL]: { ...asked[TOOL], deployment_id: "deployment-1" } };
  },
  "GET /auth": async ({ query }) => ({ address: query.redirect_uri, fields: { id_token: await launch(query), state: query.state } }),
  "POST /chosen": async ({ body }) => {
    const claims = await believed(new URLSearchParams(body).get("JWT"), here);
    need(claims[`${LTI}message_type`] === "LtiDeepLinkingResponse" && claims[`${LTI}deployment_id`] === "deployment-1" && claims[`${DL}data`] === "kept", 400, "another message");
    seen.chosen = claims[`${DL}content_items`];
    return seen.chosen;
  },
  "POST /token": async ({ body }) => {
    const form = new URLSearchParams(body);
    need(form.get("grant_type") === "client_credentials" && form.get("client_assertion_type") === "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", 400, "another grant");
    const claims = await believed(form.get("client_assertion"), `${here}/token`);
    need(claims.sub === tool.client && claims.jti, 401, "about somebody else, or without jti");
    const given = form.get("scope").split(" ").filter((each) => scopes.includes(each)), token = randomUUID();
    tokens.set(token, { scopes: given, ends: Date.now() + 60_000 });
    return { access_token: token, token_type: "Bearer", expires_in: 60, scope: given.join(" ") };
  },
  "GET /items": ({ request, query }) => {
    allowed(request, scopes[0]);
    return seen.columns.filter((each) => !query.resource_id || each.resourceId === query.resource_id);
  },
  "POST /items": ({ request, body }) => {
    allowed(request, scopes[0]);
    const column = JSON.parse(body);
    need(request.headers["content-type"] === "application/vnd.ims.lis.v2.lineitem+json" && column.label && column.scoreMaximum > 0, 400, "no line item");
    seen.columns.push({ ...column, id: `${here}/items/${seen.columns.length + 1}` });
    return seen.columns.at(-1);
  },
  "POST /items/1/scores": ({ request, body }) => {
    allowed(request, scopes[1]);
    const score = JSON.parse(body);
    const whole = ["userId", "timestamp", "activityProgress", "gradingProgress"].every((name) => score[name]) && !Number.isNaN(Date.parse(score.timestamp));
    need(request.headers["content-type"] === "application/vnd.ims.lis.v1.score+json" && whole, 400, "no score");
    seen.scores.push(score);
    return {};
  },
  "GET /members": ({ request, query, answer }) => {
    allowed(request, scopes[2]);
    const people = ["ana", "ben", "nobody"].map((name) => ({ user_id: `account-${name}`, name, email: `${name}@students.maple.example`, roles: [`${ROLE}Learner`], status: "Active" }));
    if (query.page !== "2") answer.setHeader("Link", `<${here}/members?page=2>; rel="next"`);
    return { id: `${here}/members`, context: { id: "course-1" }, members: query.page === "2" ? people.slice(2) : people.slice(0, 2) };
  },
  "GET /proof/seen": () => ({ ...seen, tool, invitation }),
  "POST /proof/set": ({ body }) => {
    ({ user, lie } = { user, lie: "", ...JSON.parse(body) });
    return {};
  },
};

createServer(async (request, answer) => {
  const { pathname, searchParams } = new URL(request.url, here), parts = [];
  for await (const part of request) parts.push(part);
  answer.setHeader("Content-Type", "application/json");
  try {
    const page = pages[`${request.method} ${pathname}`];
    need(page, 404, "no such page");
    const found = await page({ request, answer, query: Object.fromEntries(searchParams), body: Buffer.concat(parts).toString() });
    answer.end(JSON.stringify(found));
  } catch (error) {
    seen.refused.push(`${pathname}: ${error.message}`);
    answer.writeHead(error.status ?? 401).end(JSON.stringify({ error: error.message }));
  }
}).listen(Number(port), "localhost", () => console.log("ready"));
