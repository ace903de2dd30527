//! A stand-in for a person in front of the sample services' pages: reads a page, fills its form, presses a button,
//! follows redirects, and ends where the services send the browser back to. For runs without a window, and tests.
//!
//! It goes nowhere else: only to the origin it was made for, which has to be on loopback, and in the end to one
//! redirect target on loopback. Any provider with plain pages on loopback will do: pages that do not name themselves as
//! the sample services' do go by their heading.

mod answer;
mod form;

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, Response};
use url::{Origin, Url};

pub use answer::{PageAnswer, Pages, SignIn, consent, default_answers, sign_in, signing};
use form::{Form, Reading};

/// More pages than a person would put up with.
const MAX_STEPS: usize = 20;
const MAX_PAGE_BYTES: usize = 1_000_000;

/// The stand-in. Each visit starts without cookies.
#[derive(Debug)]
pub struct Visitor {
    origin: Origin,
    client: reqwest::Client,
}

/// A visit that came to its end.
pub struct Visit {
    /// The pages that were shown, in order.
    pub pages: Vec<VisitedPage>,
    /// The redirect target that was requested last; its query carries what the services sent back, so it is not in
    /// the `Debug` output.
    pub ended_at: Url,
    /// What the redirect target answered.
    pub ended_status: u16,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit")
            .field("pages", &self.pages)
            .field("ended_at", &place(&self.ended_at))
            .field("ended_status", &self.ended_status)
            .finish()
    }
}

/// A visit that stands before its redirect target.
pub struct Led {
    /// The pages that were shown, in order.
    pub pages: Vec<VisitedPage>,
    /// The redirect target, which was not requested yet. Its query carries what the services sent back.
    pub target: Url,
}

impl std::fmt::Debug for Led {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Led")
            .field("pages", &self.pages)
            .field("target", &place(&self.target))
            .finish()
    }
}

/// One page that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitedPage {
    /// Where it was.
    pub url: Url,
    /// Its heading.
    pub title: String,
    /// What was done, such as `pressed "Allow"`.
    pub action: String,
}

/// Why a visit did not come to its end. URLs are named without their query, which may hold codes.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages are the documentation")]
pub enum VisitError {
    #[error("the sample services have to be at http://127.0.0.1 or http://localhost, not at {0}")]
    NotLoopback(String),
    #[error("{0:?} is not a URL: {1}")]
    NotAUrl(String, url::ParseError),
    #[error(
        "refused to go to {0}: only the sample services at {1}, and a redirect target on 127.0.0.1 at the end, are \
         visited without a person"
    )]
    ForeignOrigin(String, String),
    #[error("cannot reach {0}: {1}")]
    Unreachable(String, String),
    #[error("{url} answered {status}: {title}: {text}")]
    Trouble { url: String, status: u16, title: String, text: String },
    #[error("{0} ({1:?}) has no form and leads nowhere")]
    NoForm(String, String),
    #[error("no answer for the page {page:?} ({title:?} at {url}); answers are there for: {known}")]
    NoAnswer { url: String, page: String, title: String, known: String },
    #[error("the page {page:?} at {url} has no field {field:?}; it has: {known}")]
    NoField { url: String, page: String, field: String, known: String },
    #[error("the page {page:?} at {url} has no button {button:?}; it has: {known}")]
    NoButton { url: String, page: String, button: String, known: String },
    #[error("gave up after {MAX_STEPS} requests, the last to {0}")]
    TooManySteps(String),
    #[error("the page at {0} is larger than {MAX_PAGE_BYTES} bytes")]
    TooLarge(String),
    #[error("the redirect target {0} answered {1}")]
    RefusedRedirect(String, u16),
}

/// A URL without what may be secret.
fn place(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}

fn is_loopback(url: &Url) -> bool {
    url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "localhost"))
}

/// Where a visit stands.
struct Walk<'a> {
    answers: &'a [PageAnswer],
    cookies: BTreeMap<String, String>,
    pages: Vec<VisitedPage>,
}

/// What to request next.
struct Next {
    method: Method,
    url: Url,
    body: Option<String>,
}

impl Visitor {
    /// A visitor of the services at `allowed_origin`, such as `http://127.0.0.1:4870/`.
    pub fn new(allowed_origin: &Url) -> Result<Self, VisitError> {
        if !is_loopback(allowed_origin) {
            return Err(VisitError::NotLoopback(place(allowed_origin)));
        }
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .map_err(|error| VisitError::Unreachable(place(allowed_origin), error.to_string()))?;
        Ok(Self { origin: allowed_origin.origin(), client })
    }

    /// Opens `url` and goes on, answering each page with the answer for it, until the services send the browser to a
    /// redirect target, which is requested too. Without an answer for a page, the default one is used: sign in, allow,
    /// sign.
    pub async fn visit(&self, url: &str, answers: &[PageAnswer]) -> Result<Visit, VisitError> {
        let Led { pages, target } = self.walk(url, answers).await?;
        let ended_status = self.request_target(&target).await?;
        Ok(Visit { pages, ended_at: target, ended_status })
    }

    /// The same up to the redirect target, which is not requested: for who wants to come there late, twice, or with something
    /// else in hand.
    pub async fn walk(&self, url: &str, answers: &[PageAnswer]) -> Result<Led, VisitError> {
        let url = Url::parse(url).map_err(|error| VisitError::NotAUrl(url.to_owned(), error))?;
        if url.origin() != self.origin {
            return Err(self.foreign(&url));
        }
        let mut walk = Walk { answers, cookies: BTreeMap::new(), pages: Vec::new() };
        let mut next = Next { method: Method::GET, url, body: None };
        for _ in 0..MAX_STEPS {
            if next.url.origin() != self.origin {
                if !is_loopback(&next.url) {
                    return Err(self.foreign(&next.url));
                }
                return Ok(Led { pages: walk.pages, target: next.url });
            }
            next = self.step(&mut walk, next).await?;
        }
        Err(VisitError::TooManySteps(place(&next.url)))
    }

    fn foreign(&self, url: &Url) -> VisitError {
        VisitError::ForeignOrigin(place(url), self.origin.ascii_serialization())
    }

    async fn step(
        &self,
        walk: &mut Walk<'_>,
        Next { method, url, body }: Next,
    ) -> Result<Next, VisitError> {
        let mut request = self.client.request(method, url.clone());
        if !walk.cookies.is_empty() {
            let line: Vec<String> =
                walk.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, line.join("; "));
        }
        if let Some(body) = body {
            request =
                request.header("Content-Type", "application/x-www-form-urlencoded").body(body);
        }
        let response = request.send().await.map_err(|error| unreachable_place(&url, error))?;
        remember(&mut walk.cookies, &response);
        if response.status().is_redirection() {
            let to = response
                .headers()
                .get(LOCATION)
                .and_then(|to| to.to_str().ok())
                .unwrap_or_default();
            let url = url.join(to).map_err(|error| VisitError::NotAUrl(to.to_owned(), error))?;
            return Ok(Next { method: Method::GET, url, body: None });
        }
        let status = response.status();
        let text = page_text(&url, response).await?;
        let reading = Reading::of(&text);
        if !status.is_success() {
            let Reading { title, trouble, .. } = reading;
            return Err(VisitError::Trouble {
                url: place(&url),
                status: status.as_u16(),
                title,
                text: trouble,
            });
        }
        self.answer(walk, &url, reading)
    }

    fn answer(&self, walk: &mut Walk<'_>, url: &Url, reading: Reading) -> Result<Next, VisitError> {
        let Reading { page, title, forms, links, .. } = reading;
        let defaults = default_answers();
        let answer = walk.answers.iter().chain(&defaults).find(|answer| answer.page == page);
        let link = answer.and_then(|answer| links.iter().find(|link| link.text == answer.button));
        if forms.is_empty() && link.is_none() {
            return Err(VisitError::NoForm(place(url), title));
        }
        let Some(answer) = answer else {
            let known: Vec<&str> =
                walk.answers.iter().chain(&defaults).map(|answer| answer.page.as_str()).collect();
            let known = known.join(", ");
            return Err(VisitError::NoAnswer { url: place(url), page, title, known });
        };
        if let Some(link) = link {
            let to =
                url.join(&link.to).map_err(|error| VisitError::NotAUrl(link.to.clone(), error))?;
            let action = format!("followed {:?}", link.text);
            walk.pages.push(VisitedPage { url: url.clone(), title, action });
            return Ok(Next { method: Method::GET, url: to, body: None });
        }
        let (form, button) = Form::with_button(&forms, &answer.button).ok_or_else(|| {
            let buttons = forms.iter().flat_map(Form::button_names);
            let known: Vec<&str> =
                buttons.chain(links.iter().map(|link| link.text.as_str())).collect();
            let (button, known) = (answer.button.clone(), known.join(", "));
            VisitError::NoButton { url: place(url), page: page.clone(), button, known }
        })?;
        let pairs = form.fill(&answer.fields, button).map_err(|field| {
            let known = form.field_names().join(", ");
            VisitError::NoField { url: place(url), page: page.clone(), field, known }
        })?;
        let mut to = match &form.action {
            Some(action) => {
                url.join(action).map_err(|error| VisitError::NotAUrl(action.clone(), error))?
            }
            None => url.clone(),
        };
        let encoded =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        walk.pages.push(VisitedPage {
            url: url.clone(),
            title,
            action: format!("pressed {:?}", button.label),
        });
        if form.post {
            // What was typed goes to the services, and nowhere else.
            if to.origin() != self.origin {
                return Err(self.foreign(&to));
            }
            return Ok(Next { method: Method::POST, url: to, body: Some(encoded) });
        }
        to.set_query(Some(&encoded));
        Ok(Next { method: Method::GET, url: to, body: None })
    }

    /// Requests the redirect target, without the cookies of the services; the status of its answer.
    async fn request_target(&self, url: &Url) -> Result<u16, VisitError> {
        let response = self
            .client
            .get(url.clone())
            .send()
            .await
            .map_err(|error| unreachable_place(url, error))?;
        let status = response.status();
        if status.is_client_error() || status.is_server_error() {
            return Err(VisitError::RefusedRedirect(place(url), status.as_u16()));
        }
        Ok(status.as_u16())
    }
}

fn unreachable_place(url: &Url, error: reqwest::Error) -> VisitError {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    VisitError::Unreachable(place(url), text)
}

/// Paths and expiry are left aside: all cookies are of one origin and one short visit.
fn remember(cookies: &mut BTreeMap<String, String>, response: &Response) {
    for line in
        response.headers().get_all(SET_COOKIE).into_iter().filter_map(|line| line.to_str().ok())
    {
        match cookie::Cookie::parse(line) {
            // What takes a cookie back gives it no value.
            Ok(cookie) if cookie.value().is_empty() => drop(cookies.remove(cookie.name())),
            Ok(cookie) => drop(cookies.insert(cookie.name().to_owned(), cookie.value().to_owned())),
            Err(_) => {}
        }
    }
}

async fn page_text(url: &Url, mut response: Response) -> Result<String, VisitError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unreachable_place(url, error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_PAGE_BYTES {
            return Err(VisitError::TooLarge(place(url)));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
