'use strict';

// Identity: whose credential is this?
//
// With custom authorization nobody has checked yet what the Creator typed. This is the first request that uses it, so a
// wrong account or key has to end in an error that says so.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential }) => {
  try {
    const { id, name } = await call(credential, 'GET', '/survey/v1/account');
    return { output: { unique_id: id, display_id: `${name} (${id})` } };
  } catch (problem) {
    if (problem.status === 401) {
      return {
        error: {
          title: 'The account or the API key is not right',
          description: 'Copy both from the settings of the survey service, without spaces around them.',
        },
      };
    }
    return answerTo(problem, 'The account could not be identified');
  }
};

// --- The service -----------------------------------------------------------------------------------------------------

class ServiceError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'ServiceError';
    this.status = status; // 0 = no answer
  }
}

// One request to the survey service. Returns the JSON of a 2xx answer; anything else throws a ServiceError.
async function call(credential, method, path, { json, bytes } = {}) {
  const { account, api_key: apiKey } = credential.custom;
  let response;
  try {
    response = await fetch(SERVICE + path, {
      method,
      headers: {
        'X-Survey-Account': account,
        'X-Api-Key': apiKey,
        Accept: 'application/json',
        ...(json ? { 'Content-Type': 'application/json' } : {}),
        ...(bytes ? { 'Content-Type': 'application/octet-stream' } : {}),
      },
      body: json ? JSON.stringify(json) : bytes,
    });
  } catch (cause) {
    throw new ServiceError(0, `The survey service at ${SERVICE} cannot be reached (${cause.message}).`);
  }
  const text = await response.text();
  if (response.ok) {
    return JSON.parse(text);
  }
  if (response.status === 401) {
    // A key does not expire like a token, so there is nothing to refresh: someone has to look at it.
    throw new ServiceError(401, 'The survey service does not accept the API key. Connect the account again.');
  }
  throw new ServiceError(response.status, messageOf(text) || `The survey service answered ${response.status}.`);
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

// What a problem becomes. What is not a ServiceError is a mistake in this file: thrown, so that it is recorded with its
// stack.
function answerTo(problem, title) {
  if (!(problem instanceof ServiceError)) {
    throw problem;
  }
  return { error: { title, description: problem.message } };
}
