'use strict';

// Webhook: the service tells that an envelope is completed.
//
// Anyone who knows the URL can send a request to it. The service signs its deliveries, but a function gets the body only,
// not the headers. So the body is taken as a hint, and the facts are fetched from the service with our own credential:
// a forged delivery can make us look, and nothing more.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, input }) => {
  const event = eventOf(input);
  try {
    return await complete(credential, event);
  } catch (problem) {
    const answer = answerTo(problem, 'The signature could not be taken over');
    // Not verified, but good enough to record the error with its run: an error decides nothing.
    const token = event && event.metadata && event.metadata.callback_token;
    return token ? { ...answer, callback: { token } } : answer;
  }
};

function eventOf({ content_type: contentType, body_base64: body }) {
  if (!/^application\/json\b/i.test(contentType || '')) {
    return undefined;
  }
  try {
    return JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

async function complete(credential, event) {
  if (!event || typeof event.envelope_id !== 'string') {
    return { error: { title: 'Not a delivery of the service', description: 'Expected JSON with an envelope_id.' } };
  }
  const path = `/esign/v1/envelopes/${encodeURIComponent(event.envelope_id)}`;
  const envelope = await call(credential, 'GET', path);
  const token = envelope.metadata.callback_token;
  if (!token) {
    // Sent by someone in the service itself, not by a step: none of our business.
    return { output: {} };
  }
  if (envelope.status !== 'completed') {
    return { output: {}, callback: { token } };
  }

  const names = envelope.signers.map(({ signed_as: signedAs, name }) => signedAs || name).join(', ');
  return {
    output: {
      status: 'completed',
      events: [
        {
          type: 'upload_attachment',
          options: {
            file_name: `${fileName(envelope.title)}.pdf`,
            mime_type: 'application/pdf',
            url: `${SERVICE}${path}/document`,
            // The framework fetches the document itself, so it needs the right to.
            headers: [{ name: 'Authorization', value: `Bearer ${credential.oauth2.access_token}` }],
          },
        },
        { type: 'send_message', options: { text: `${names} signed "${envelope.title}".` } },
      ],
    },
    callback: { token },
  };
}

// Titles are free text; file names are not, on any system.
function fileName(title) {
  return title.replace(/[\\/:*?"<>|\x00-\x1f]+/g, ' ').trim().slice(0, 80) || 'document';
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
