const { WebClient, LogLevel, ErrorCode } = require('@slack/web-api');

module.exports = async ({ base }) => {
  const out = {};
  const client = new WebClient('xoxb-1', { slackApiUrl: `${base}/slack/`, logLevel: LogLevel.ERROR, retryConfig: { retries: 0 } });
  const told = (promise) => promise.catch((error) => [error.name, error.code, error.message, error.data]);
  out.auth = await client.auth.test();
  out.posted = (await client.chat.postMessage({ channel: 'C1', text: 'Grüße', blocks: [{ type: 'divider' }], unfurl_links: false })).got;
  out.pages = [];
  for await (const page of client.paginate('users.list', { limit: 1 })) out.pages.push(page.members[0].id);
  out.failed = await told(client.apiCall('channels.fail'));
  out.missing = await told(client.apiCall('nope.nope'));
  out.codes = Object.keys(ErrorCode).sort();
  return out;
};
