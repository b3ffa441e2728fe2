// A real, certified OpenID provider on the loopback address: node provider.mjs PORT FOLDER REDIRECT_URI...
// Its own page for development takes any name, which becomes the subject; NAME@DOMAIN is a verified address.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const [port, folder, ...redirects] = process.argv.slice(2);
const { Provider } = await import(createRequire(`${folder}/`).resolve('oidc-provider'));
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { ...pair.privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'ES256' };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: { keys: [key] },
  cookies: { keys: ['test'] },
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  clients: [
    {
      client_id: 'amends',
      client_secret: 's'.repeat(43),
      redirect_uris: redirects,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_basic',
      require_auth_time: true,
    },
  ],
  findAccount: async (_, sub) => ({
    accountId: sub,
    claims: async () => ({ sub, email: sub, email_verified: true, name: sub.split('@')[0] }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
