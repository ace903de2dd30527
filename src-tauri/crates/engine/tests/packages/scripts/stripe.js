const exported = require('stripe');
const Stripe = exported.default ?? exported;

module.exports = async ({ base }) => {
  const out = {};
  const { hostname, port } = new URL(base);
  const stripe = new Stripe('sk_test_1', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const customer = await stripe.customers.create({ name: 'Ada', metadata: { a: 'ä' }, preferred_locales: ['en', 'de'] }, { idempotencyKey: 'k1' });
  out.created = [customer.id, customer.got, customer.key, customer.lastResponse.statusCode, customer.lastResponse.requestId];
  out.listed = [];
  for await (const one of stripe.customers.list({ limit: 1 })) out.listed.push(one.id);
  out.declined = await stripe.charges.create({ amount: 100 }).catch((error) => [error.type, error.code, error.message, error.statusCode, error.requestId, error.param, error instanceof Stripe.errors.StripeCardError]);
  out.missing = await stripe.paymentIntents.retrieve('pi_1').catch((error) => [error.type, error.statusCode]);
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'x' });
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec', timestamp: 1700000000 });
  out.signature = header;
  out.event = stripe.webhooks.constructEvent(payload, header, 'whsec', 1e12).id;
  out.asyncEvent = (await stripe.webhooks.constructEventAsync(payload, header, 'whsec', 1e12)).id;
  out.forged = (() => { try { stripe.webhooks.constructEvent(payload, header, 'other', 1e12); } catch (error) { return [error.type, error.message.split('\n')[0]]; } })();
  return out;
};
