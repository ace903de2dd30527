'use strict';

// Redirect: the browser comes back from the signing page, with ?state=…&event=signed|declined&envelope=….
//
// A query is typed by whoever controls the browser, so it only says where to look. What really happened is what the
// service answers, and which run it belongs to is what we stored in the envelope ourselves.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, input }) => {
  // Whatever the outcome, name the run if it can be named: an error decides nothing, but is recorded with the run.
  const callback = input.state ? { callback: { token: input.state } } : {};
  try {
    return { ...(await settle(credential, input)), ...callback };
  } catch (problem) {
    return { ...answerTo(problem, 'The return from the signing page could not be handled'), ...callback };
  }
};

async function settle(credential, input) {
  if (!input.state || !input.envelope) {
    return { error: { title: 'Not from the signing page', description: 'The query lacks state or envelope.' } };
  }
  const envelope = await call(credential, 'GET', `/esign/v1/envelopes/${encodeURIComponent(input.envelope)}`);
  if (envelope.metadata.callback_token !== input.state) {
    return { error: { title: 'The state does not fit', description: 'The envelope belongs to another run.' } };
  }

  if (envelope.status === 'declined') {
    const { name, decline_reason: reason } = envelope.signers.find(({ status }) => status === 'declined');
    const text = `${name} declined to sign "${envelope.title}"${reason ? `: ${reason}` : '.'}`;
    return { output: { status: 'cancelled', events: [{ type: 'send_message', options: { text } }] } };
  }

  // Signed: the webhook brings the document and completes the step. It comes even if the browser is closed too early,
  // so it alone decides, and this is only noted.
  return { output: {} };
}

// --- The service -----------------------------------------------------------------------------------------------------

class ServiceError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'ServiceError';
    this.status = status; // 0 = no answer
  }
}

// One request to the e-signature service. Returns the JSON of a 2xx answer; anything else throws a ServiceError.
async function call(credential, method, path, { body, headers } = {}) {
  let response;
  try {
    response = await fetch(SERVICE + path, {
      method,
      headers: {
        Authorization: `Bearer ${credential.oauth2.access_token}`,
        Accept: 'application/json',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch (cause) {
    throw new ServiceError(0, `The e-signature service at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  const text = await response.text();
  if (response.ok) {
    return text ? JSON.parse(text) : undefined;
  }
  if (response.status === 429) {
    const seconds = response.headers.get('retry-after') || '60';
    throw new ServiceError(429, `The e-signature service is busy. Try again in ${seconds} seconds.`);
  }
  throw new ServiceError(response.status, messageOf(text) || `The e-signature service answered ${response.status}.`);
}

// Errors of the service are {"error": {"message", "fields"?: [{"field", "message"}]}}. A proxy in between may answer
// with a page of HTML instead, so never rely on the body of an error.
function messageOf(text) {
  try {
    const { message, fields = [] } = JSON.parse(text).error;
    return fields.length > 1 ? fields.map(({ field, message }) => `${field} ${message}`).join('; ') : message;
  } catch {
    return undefined;
  }
}

// What a problem becomes. An expired token is no error: the framework gets a new one and calls this function again.
// What is not a ServiceError is a mistake in this file: thrown, so that it is recorded with its stack.
function answerTo(problem, title) {
  if (!(problem instanceof ServiceError)) {
    throw problem;
  }
  if (problem.status === 401) {
    return { directive: { type: 'refresh_token' } };
  }
  return { error: { title, description: problem.message } };
}
