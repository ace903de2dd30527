'use strict';

// Build: choose a survey, then answer it section by section.
//
// The survey service describes its questions, and this function turns each description into a form input. So the forms
// depend on the survey that was chosen, and inside a survey on the answers before: a question may be asked only when
// another one was answered in a certain way.

const SERVICE = 'http://127.0.0.1:4870';

exports.handler = async ({ credential, context, input }) => {
  try {
    return await build(credential, context, input);
  } catch (problem) {
    return answerTo(problem, 'The survey could not be loaded');
  }
};

async function build(credential, context, input) {
  if (!input.survey || !input.sender) {
    return surveyForm(credential, context);
  }
  const survey = await call(credential, 'GET', `/survey/v1/surveys/${encodeURIComponent(input.survey)}`);

  // Told on the page after the one it was typed on, not at the very end.
  const wrong = outOfRange(survey, input);
  if (wrong) {
    return { error: { title: 'A number is out of range', description: wrong } };
  }

  // Sections that have nothing to ask are passed over; of the others, the first one that is not answered is shown.
  const sections = survey.sections.filter((section) => asked(survey, section, input).length > 0);
  const next = sections.findIndex((section) => !isAnswered(survey, section, input));
  if (next >= 0) {
    const form = sectionForm(survey, sections[next], input);
    const last = survey.sections[survey.sections.length - 1];
    return { output: { form, no_more_forms: sections[next] === last } };
  }

  return { output: { action: actionOf(context, survey, input) } };
}

async function surveyForm(credential, context) {
  const people = (context.assignees || []).map(({ user, role }) =>
    user
      ? { label: user.email ? `${user.name} (${user.email})` : user.name, value: `user:${user.id}` }
      : { label: `Role ${role.id}`, value: `role:${role.id}` },
  );
  if (people.length === 0) {
    return {
      error: { title: 'Nobody can send the response', description: 'Add at least one assignee to the step.' },
    };
  }
  const { surveys } = await call(credential, 'GET', '/survey/v1/surveys');
  if (surveys.length === 0) {
    // A select without options would be a dead end: say what to do instead.
    return {
      error: { title: 'There is no survey', description: 'Create a survey in the survey service, then try again.' },
    };
  }
  return {
    output: {
      form: [
        {
          type: 'heading',
          key: 'about_survey',
          props: { title: 'Survey', description: 'Its questions are on the next pages.' },
        },
        {
          type: 'select',
          key: 'survey',
          label: 'Survey',
          props: { options: surveys.map(({ id, title }) => ({ label: title, value: id })) },
        },
        {
          type: 'select',
          key: 'sender',
          label: 'Who checks and sends the response',
          default: people[0].value,
          props: { options: people },
        },
      ],
    },
  };
}

// --- Questions -------------------------------------------------------------------------------------------------------

// How the service calls a kind of question → how the framework calls the input for it.
const INPUT_TYPES = {
  short_text: 'string',
  long_text: 'text',
  number: 'number',
  date: 'date',
  time: 'time',
  date_time: 'date-time',
  single_choice: 'select',
  multiple_choice: 'multi-select',
  file: 'file',
};

// The survey is part of the key: the input keeps the answers to a survey that the Creator chose first and gave up.
function keyOf(survey, question) {
  return `${survey.id}.${question.id}`;
}

function asked(survey, section, input) {
  return section.questions.filter(({ only_if: condition }) => {
    if (!condition) {
      return true;
    }
    // The value of a number input is a string. Number('') is 0, so an empty answer has to be told apart first.
    const answer = input[keyOf(survey, { id: condition.question })];
    return Boolean(answer) && Number(answer) <= condition.at_most;
  });
}

// Optional answers may be missing from the input for good, so only the required ones can tell.
function isAnswered(survey, section, input) {
  return asked(survey, section, input).every((question) => !question.required || input[keyOf(survey, question)]);
}

function sectionForm(survey, section, input) {
  return [
    {
      type: 'heading',
      key: 'about_section',
      props: { title: section.title, description: section.description },
    },
    ...asked(survey, section, input).map((question) => inputFor(survey, question)),
  ];
}

function inputFor(survey, question) {
  const type = INPUT_TYPES[question.type];
  if (!type) {
    // The service may learn new kinds of questions: a line of text is better than no survey.
    console.warn(`question ${question.id} is of the unknown type ${question.type}`);
  }
  return {
    type: type || 'string',
    key: keyOf(survey, question),
    label: question.label,
    required: question.required,
    ...(question.help ? { tip: question.help } : {}),
    ...(type === 'text' ? { placeholder: 'As long as you like' } : {}),
    ...(question.options ? { props: { options: question.options } } : {}),
  };
}

// The form cannot say how large a number may be, so it is checked here, while the Creator can still go back.
function outOfRange(survey, input) {
  for (const { questions } of survey.sections) {
    for (const question of questions) {
      const value = input[keyOf(survey, question)];
      if (question.type === 'number' && value && !(Number(value) >= 0 && Number(value) <= question.max)) {
        return `"${question.label}" takes a number from 0 to ${question.max}, not ${value}.`;
      }
    }
  }
  return undefined;
}

// --- The step --------------------------------------------------------------------------------------------------------

function actionOf(context, survey, input) {
  const separator = input.sender.indexOf(':');
  return {
    title: context.title || survey.title,
    description: context.description || survey.description,
    steps: [
      {
        assignee: { [input.sender.slice(0, separator)]: { id: input.sender.slice(separator + 1) } },
        buttons: [
          {
            title: 'Send response',
            style: 'branding',
            input: { decision: 'send', survey_id: survey.id, answers: answersOf(survey, input) },
          },
          { title: 'Discard', style: 'default', input: { decision: 'discard', survey_id: survey.id } },
        ],
      },
    ],
  };
}

// What was asked and answered, by question id, with numbers as numbers. Files stay references: Action uploads them.
function answersOf(survey, input) {
  const answers = {};
  for (const section of survey.sections) {
    for (const question of asked(survey, section, input)) {
      const value = input[keyOf(survey, question)];
      if (value === undefined || value === '' || value === null) {
        continue;
      }
      answers[question.id] = question.type === 'number' ? Number(value) : value;
    }
  }
  return answers;
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
