// An OpenID provider on loopback with one client; whoever signs in as NAME has the address NAME@students.maple.example.
import Provider from "oidc-provider";
const [port, client_id, client_secret, ...redirect_uris] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id, client_secret, redirect_uris, application_type: "web", grant_types: ["authorization_code"], response_types: ["code"], token_endpoint_auth_method: "client_secret_post" }],
  cookies: { keys: ["only for this proof"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@students.maple.example`, email_verified: true, name: id }) }),
});
provider.listen(Number(port), "localhost");
