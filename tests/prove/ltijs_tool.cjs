// A tool by ltijs on loopback. It lets itself be registered, reads who is in a class, keeps a column, posts a score, reads it
// back, and answers a choice; each address gives back as JSON what ltijs made of it.
const { generateKeyPairSync } = require("node:crypto");
const jwt = require("jsonwebtoken");
const { Provider } = require("ltijs");
const Database = require("ltijs-sequelize");
const [port, socket, database, user] = process.argv.slice(2);
const here = `http://127.0.0.1:${port}`;
const plugin = new Database(database, user, "", { host: socket, dialect: "postgres", logging: false });

Provider.setup("known only to this tool", { plugin }, {
  cookies: { secure: false, sameSite: "Lax" },
  devMode: false, // cookies of the state and the session are asked for
  tokenMaxAge: 60,
  // It comes back to the address that is opened, without its question: "/" for what is chosen here, nothing for the tool itself.
  dynReg: { url: here, redirectUris: [`${here}/`], name: "A tool by ltijs", customParameters: { color: "green" }, autoActivate: true },
});

const answered = (act) => async (req, res) => {
  try {
    res.json(await act(res.locals.token, req));
  } catch (error) {
    res.status(502).json({ error: error.message, status: error.response?.statusCode, body: error.response?.body });
  }
};

Provider.onConnect(async (token, _req, res) => res.json({ token, ltik: res.locals.ltik }));
Provider.onDeepLinking(async (token, _req, res) => {
  const items = [
    { type: "ltiResourceLink", url: `${here}/?activity=7`, title: "Areas of shapes", custom: { level: "2" }, lineItem: { scoreMaximum: 10, label: "Areas of shapes", resourceId: "areas" } },
    { type: "link", url: `${here}/page`, title: "Not asked for" },
  ];
  const message = await Provider.DeepLinking.createDeepLinkingMessage(token, items, { message: "One thing was chosen" });
  res.json({ token, message, back: token.platformContext.deepLinkingSettings.deep_link_return_url });
});
// What asks for a token is signed by ltijs's own key; it is given out, so that the proof can say it twice.
Provider.app.get("/assertion", answered(async (token) => {
  const platform = await Provider.getPlatformById(token.platformId);
  const [client, audience] = [await platform.platformClientId(), await platform.platformAuthorizationServer()];
  const claims = { iss: client, sub: client, aud: audience, jti: String(Math.random()) };
  const sign = (key) => jwt.sign(claims, key, { algorithm: "RS256", expiresIn: 60, keyid: token.platformId });
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { good: sign(await platform.platformPrivateKey()), forged: sign(privateKey) };
}));
Provider.app.get("/members", answered((token) => Provider.NamesAndRoles.getMembers(token, { pages: false, limit: 2 })));
Provider.app.get("/learners", answered((token) => Provider.NamesAndRoles.getMembers(token, { role: "Learner" })));
Provider.app.get("/columns", answered((token) => Provider.Grade.getLineItems(token)));
Provider.app.get("/column", answered((token) => Provider.Grade.createLineItem(token, { scoreMaximum: 20, label: "Second try", tag: "again", resourceId: "second" })));
Provider.app.get("/column/change", answered(async (token, req) => {
  const column = await Provider.Grade.getLineItemById(token, req.query.column);
  return Provider.Grade.updateLineItemById(token, req.query.column, { ...column, label: "Third try" });
}));
Provider.app.get("/column/drop", answered((token, req) => Provider.Grade.deleteLineItemById(token, req.query.column)));
Provider.app.get("/score", answered((token, req) => {
  const score = { userId: token.user, scoreGiven: Number(req.query.given), scoreMaximum: Number(req.query.most), activityProgress: "Completed", gradingProgress: "FullyGraded" };
  return Provider.Grade.submitScore(token, req.query.column, score);
}));
Provider.app.get("/results", answered((token, req) => Provider.Grade.getScores(token, req.query.column, { userId: token.user })));

Provider.deploy({ serverless: true, silent: true }).then(() => Provider.app.listen(Number(port), "127.0.0.1", () => console.log("ready")));
