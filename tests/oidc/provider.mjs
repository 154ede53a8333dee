// Two real OpenID providers (npm package oidc-provider) on free ports of this machine.
//
// Started by servers.py with JSON as its only argument: the client's id, secret and redirect
// addresses, and people by the name they sign in with, each with claims. Prints one line of
// JSON: both issuers. The page to sign in on asks for a name only.
import http from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

const { client, people } = JSON.parse(process.argv[2]);

const configuration = {
  clients: [client],
  claims: { openid: ["sub", "organisation", "affiliation"], email: ["email", "email_verified"] },
  cookies: { keys: ["only-for-tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  // PKCE is asked of everybody: a sign-in without it stops at the provider.
  pkce: { required: () => true },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  findAccount: (_context, name) => ({
    accountId: name,
    claims: () => ({ sub: name, ...people[name] }),
  }),
  // Nobody is asked for consent: schools have agreed on it.
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
};

async function interact(provider, request, response) {
  if (request.method === "POST") {
    const form = new URLSearchParams(await text(request));
    const result = form.has("cancel")
      ? { error: "access_denied" }
      : { login: { accountId: form.get("name") } };
    return provider.interactionFinished(request, response, result);
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  return response.end(
    '<!doctype html><html lang="nl"><title>School</title><form method="post">' +
      '<input name="name" aria-label="Naam"><button>Inloggen</button>' +
      '<button name="cancel" value="1">Stoppen</button></form></html>',
  );
}

async function start() {
  const server = http.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const asks = request.url.startsWith("/interaction/");
    const done = asks ? interact(provider, request, response) : answer(request, response);
    Promise.resolve(done).catch((error) => response.writeHead(500).end(String(error)));
  });
  return issuer;
}

console.log(JSON.stringify([await start(), await start()]));
process.stdin.resume().on("end", () => process.exit(0));
