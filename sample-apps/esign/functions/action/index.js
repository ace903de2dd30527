'use strict';

// Action: an assignee clicked "Sign".
//
// Create the envelope, make sure that the service will tell us when it is signed, and open the signing page. Nothing is
// decided here: no `status` is returned, so the step waits for the webhook (signed) or the redirect (declined).

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, context, input, callback }) => {
  try {
    return await send(credential, context, input, callback);
  } catch (problem) {
    return answerTo(problem, 'The document could not be sent');
  }
};

async function send(credential, context, input, callback) {
  const signer = signerOf(input.signer, context.assignees);
  if (!signer || !signer.email) {
    return {
      error: {
        title: 'The signer has no e-mail address',
        description: 'The e-signature service sends documents to e-mail addresses only.',
      },
    };
  }

  // First the webhook, then the envelope: the other way round, a fast signer could be missed.
  await ensureWebhook(credential, callback.webhook);

  const envelope = await call(credential, 'POST', '/esign/v1/envelopes', {
    // Whoever closes the signing page and clicks "Sign" again gets the same envelope, not a second one.
    headers: { 'Idempotency-Key': callback.token },
    body: {
      template_id: input.template_id,
      message: input.message || undefined,
      signers: [{ role: input.role_id, name: signer.name, email: signer.email }],
      redirect_url: withState(callback.redirect, callback.token),
      metadata: { callback_token: callback.token },
    },
  });

  if (envelope.status !== 'sent') {
    return { output: { events: [message('This document was answered already. The step follows in a moment.')] } };
  }
  return {
    output: {
      events: [{ type: 'open_url', options: { url: envelope.signers[0].signing_url, open_type: 'webview' } }],
    },
  };
}

// The redirect and webhook URLs are the same for every run of this app with this account. What tells the runs apart is
// the token, which has to travel through the service: as `state` in the redirect, as metadata in the webhook.
function withState(redirect, token) {
  const url = new URL(redirect);
  url.searchParams.set('state', token);
  return url.toString();
}

// Since every run shares the webhook URL, it is registered once, by whichever run comes first.
async function ensureWebhook(credential, url) {
  const { webhooks } = await call(credential, 'GET', '/esign/v1/webhooks');
  if (webhooks.some((webhook) => webhook.url === url)) {
    return;
  }
  try {
    await call(credential, 'POST', '/esign/v1/webhooks', { body: { url, events: ['envelope.completed'] } });
  } catch (problem) {
    // 409: another run registered it between our look and our request. That is what we wanted.
    if (problem.status !== 409) {
      throw problem;
    }
  }
}

// The person chosen in Build; a role of a flow template has become a person by now, the only assignee of this step.
function signerOf(choice, assignees = []) {
  const people = assignees.map(({ user }) => user).filter(Boolean);
  return people.find(({ id }) => `user:${id}` === choice) || (people.length === 1 ? people[0] : undefined);
}

function message(text) {
  return { type: 'send_message', options: { text } };
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
