'use strict';

// Action: the step starts. Add or update the contact, then the deal, and hand on what later steps may use.
//
// Nobody waits in front of a screen for an automation, so what goes wrong for a while is tried again: `retry.delay` asks
// the framework to call this function later, with `context.attempts` one higher. What goes wrong for good cancels the step
// with a message that says why; so does a CRM that stays busy for too long.

const SERVICE = 'http://127.0.0.1:4870';

// How often to try, and how long to wait after the first failure; each further wait is twice as long as the one before.
const PERSISTENCE = {
  quick: { attempts: 3, seconds: 1 },
  patient: { attempts: 9, seconds: 30 }, // 30 s, 1 min, 2 min … about two hours together
};

exports.handler = async ({ credential, context, input, callback }) => {
  try {
    return await sync(credential, input, callback);
  } catch (problem) {
    if (!(problem instanceof ServiceError)) {
      // A mistake in this file: thrown, so that it is recorded with its stack.
      throw problem;
    }
    if (problem.status === 401) {
      // An expired token is no error: the framework gets a new one and calls this function again.
      return { directive: { type: 'refresh_token' } };
    }
    return giveUpOrRetry(problem, context.attempts, PERSISTENCE[input.persistence] || PERSISTENCE.patient);
  }
};

async function sync(credential, input, callback) {
  const email = input.contact_email.trim();
  const contact = await call(credential, 'PUT', `/crm/v1/contacts/${encodeURIComponent(email)}`, {
    name: input.contact_name,
    company: input.contact_company || undefined,
  });

  // Both requests are made again when the second one fails, so both have to be such that twice is the same as once. A
  // contact has its address; the deal gets the token of this run as its id, which is the same on every attempt.
  const pipeline = await call(credential, 'GET', `/crm/v1/pipelines/${encodeURIComponent(input.pipeline)}`);
  const path = `/crm/v1/deals/${encodeURIComponent(callback.token)}`;
  const deal = await call(credential, 'PUT', path, {
    pipeline: pipeline.id,
    stage: input[`${pipeline.id}.stage`],
    name: input.deal_name,
    contact_email: email,
    properties: propertiesOf(pipeline, input),
  });

  return {
    output: {
      status: 'completed',
      variables: [
        { key: 'deal_id', value: deal.id },
        { key: 'deal_url', value: deal.url },
        { key: 'contact_id', value: contact.id },
        {
          key: 'deal_summary',
          files: [
            {
              url: `${SERVICE}${path}/summary`,
              file_name: `${fileName(deal.name)}.pdf`,
              mime_type: 'application/pdf',
              // The framework fetches the file itself, so it needs the right to.
              headers: [{ name: 'Authorization', value: `Bearer ${credential.oauth2.access_token}` }],
            },
          ],
        },
      ],
    },
  };
}

// What was entered for the fields of the pipeline, in the CRM's own types: a number input gives a string.
function propertiesOf(pipeline, input) {
  const properties = {};
  for (const { name, type } of pipeline.fields) {
    const value = input[`${pipeline.id}.${name}`];
    if (value !== undefined && value !== null && value !== '') {
      properties[name] = type === 'number' ? Number(value) : value;
    }
  }
  return properties;
}

// Names of deals are free text; file names are not, on any system.
function fileName(name) {
  return name.replace(/[\\/:*?"<>|\x00-\x1f]+/g, ' ').trim().slice(0, 80) || 'deal';
}

// --- Trying again ----------------------------------------------------------------------------------------------------

function giveUpOrRetry(problem, attempts, persistence) {
  if (!passesByItself(problem)) {
    return { output: { status: 'cancelled', message: `The deal was not added to the CRM: ${problem.message}` } };
  }
  if (attempts >= persistence.attempts) {
    const message = `The deal was not added to the CRM: ${problem.message} Tried ${attempts} times.`;
    return { output: { status: 'cancelled', message } };
  }
  const delay = delayOf(problem, attempts, persistence);
  console.warn(`attempt ${attempts} of ${persistence.attempts}: ${problem.message} Again in ${delay} s.`);
  return { output: { retry: { delay } } };
}

// 0: no answer. 408, 425, 429: asked at the wrong moment. 5xx: the service's own trouble, except for "not implemented".
// Anything else would be refused the same way tomorrow.
function passesByItself({ status }) {
  return [0, 408, 425, 429].includes(status) || (status >= 500 && status !== 501);
}

// Never before the service wants it, and a little later than computed: the flows that failed together in an outage
// should not all come back in the same second.
function delayOf(problem, attempts, persistence) {
  const own = persistence.seconds * 2 ** (attempts - 1);
  const jitter = 1 + Math.random() / 10;
  return Math.ceil(Math.max(own * jitter, problem.retryAfter || 0));
}

// --- The service -----------------------------------------------------------------------------------------------------

class ServiceError extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.name = 'ServiceError';
    this.status = status; // 0 = no answer
    this.retryAfter = retryAfter; // seconds, if the service said
  }
}

// One request to the CRM. Returns the JSON of a 2xx answer; anything else throws a ServiceError.
async function call(credential, method, path, body) {
  let response;
  let text;
  try {
    response = await fetch(SERVICE + path, {
      method,
      headers: {
        Authorization: `Bearer ${credential.oauth2.access_token}`,
        Accept: 'application/json',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
      // A service that takes a request and never answers would otherwise use up all the time that this function has.
      signal: AbortSignal.timeout(20_000),
    });
    text = await response.text();
  } catch (cause) {
    throw new ServiceError(0, `The CRM at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  if (response.ok) {
    return text ? JSON.parse(text) : undefined;
  }
  const message = messageOf(text) || `The CRM answered ${response.status}.`;
  throw new ServiceError(response.status, message, retryAfterOf(response.headers));
}

// Retry-After is a number of seconds or a point in time (RFC 9110, 10.2.3). The point is compared with the service's own
// clock, its Date header: the two clocks may be far apart.
function retryAfterOf(headers) {
  const value = headers.get('retry-after');
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - (Date.parse(headers.get('date')) || Date.now())) / 1000;
  return seconds >= 0 ? Math.ceil(seconds) : undefined;
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
