// An OAuth2 and OpenID Connect provider of another project, as it comes, on loopback. Its clients stand in the first argument, as JSON;
// it prints where it is and ends with its standard input. On its pages any name and password will do.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// The packages stand elsewhere than this file: in the folder that is the second argument.
const require = createRequire(pathToFileURL(`${process.argv[3]}/`));
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const clients = JSON.parse(process.argv[2]);
// Notices of the provider's own would come before the address.
console.info = console.warn = () => {};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clients.map(({ strict, short_code: shortCode, ...client }) => client),
    claims: { openid: ['sub'], email: ['email'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.test` }) }),
    pkce: { required: (_, client) => clients.some(({ client_id: id, strict }) => id === client.clientId && strict === true) },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 600,
      AuthorizationCode: (_, __, client) => (clients.some(({ client_id: id, short_code: short }) => id === client.clientId && short === true) ? 1 : 60),
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 600,
    },
    cookies: { keys: ['not a secret: it signs the cookies of one test'] },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.resume().on('end', () => process.exit(0));
