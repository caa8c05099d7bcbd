// A real OpenID Connect provider on this machine. Whoever types a name is that person; what it says of them is given.
//   node oidc_provider.mjs '{"port", "client", "secret", "back", "accounts": {"ann": {"email", …}}}'
import Provider from "oidc-provider";

const { port, client, secret, back, accounts } = JSON.parse(process.argv[2]);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: client,
      client_secret: secret,
      redirect_uris: [back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "role", "groups"] },
  findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) }),
  pkce: { required: () => true },
  cookies: { keys: ["only for tests"] },
});
provider.listen(port, "127.0.0.1");
