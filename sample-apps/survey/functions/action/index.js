'use strict';

// Action: the assignee clicked a button.
//
// The service answers at once, so the result is returned straight away: no page, no redirect, no webhook.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, input }) => {
  if (input.decision === 'discard') {
    return { output: { status: 'cancelled', events: [message('The response was discarded.')] } };
  }
  try {
    return await send(credential, input);
  } catch (problem) {
    // The step stays open when an error is returned: the assignee reads it and can click again.
    return answerTo(problem, 'The response was not sent');
  }
};

async function send(credential, input) {
  const answers = {};
  for (const [question, value] of Object.entries(input.answers)) {
    const files = value && value['@moxo.file'] && value['@moxo.file'].files;
    // One upload after the other: a person rarely attaches more than two files, and the service counts requests.
    answers[question] = files ? await uploadAll(credential, files) : value;
  }
  const survey = encodeURIComponent(input.survey_id);
  const response = await call(credential, 'POST', `/survey/v1/surveys/${survey}/responses`, { json: { answers } });
  return { output: { status: 'completed', events: [message(summaryOf(response.result))] } };
}

// A file input holds addresses. The service wants the files themselves.
async function uploadAll(credential, files) {
  const ids = [];
  for (const { name, url } of files) {
    ids.push(await upload(credential, name || lastSegment(url), url));
  }
  return ids;
}

async function upload(credential, name, url) {
  let file;
  try {
    file = await fetch(url);
  } catch (cause) {
    throw new ServiceError(0, `The file ${name} cannot be fetched (${cause.message}).`);
  }
  if (!file.ok) {
    throw new ServiceError(file.status, `The file ${name} cannot be fetched: its address answered ${file.status}.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { id } = await call(credential, 'POST', `/survey/v1/files?name=${encodeURIComponent(name)}`, { bytes });
  return id;
}

function lastSegment(url) {
  return decodeURIComponent(new URL(url).pathname.split('/').pop()) || 'file';
}

function summaryOf({ asked, answered, score, files }) {
  const parts = [`The response was sent: ${answered} of ${asked} questions answered`];
  if (score !== null) {
    parts.push(`score ${score} of 100`);
  }
  if (files.length > 0) {
    parts.push(`files: ${files.map(({ name }) => name).join(', ')}`);
  }
  return `${parts.join(', ')}.`;
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
