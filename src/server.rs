//! Serving: the socket, the signals, and the clean end.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use actix_web::HttpServer;

use crate::accounts::keys::new_secret;
use crate::accounts::links::{Link, NewLink};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, Email};
use crate::clock::{Clock, Stamp};
use crate::config::{Command, CommandLine, Config};
use crate::error::Error;
use crate::store::{Store, beside};
use crate::web::state::State;

/// What ended the program, as one sentence that says what to do.
pub type Failure = Box<dyn std::error::Error>;

/// A proxy keeps connections this long; closing earlier would cost it failed requests.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long requests under way may take once the server was told to stop.
const SHUTDOWN_SECONDS: u64 = 30;
/// How often ended sessions that have expired are forgotten, and old trash with them.
const PURGE_EVERY: Duration = Duration::from_hours(1);

/// How often a server looks whether somebody else has changed its SQLite file.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Does what the command line says.
pub fn run(command_line: CommandLine) -> Result<(), Failure> {
    match command_line.command {
        Some(Command::Healthcheck) => Ok(check_health(command_line.listen()?)?),
        Some(Command::ResetLink { ref email }) => print_reset_link(&command_line, email),
        Some(Command::Disable { ref email }) => {
            set_disabled(&command_line, email, Some(Clock::real().now()))
        }
        Some(Command::Enable { ref email }) => set_disabled(&command_line, email, None),
        Some(Command::TwoStepOff { ref email }) => turn_codes_off(&command_line, email),
        Some(Command::Invite { days }) => print_invitation(&command_line, days),
        Some(Command::Serve) | None => {
            crate::logging::start(&command_line.log()?);
            serve(command_line.into_config()?)
        }
    }
}

/// Serves until SIGTERM or SIGINT, then finishes what it began.
fn serve(config: Config) -> Result<(), Failure> {
    let (listen, workers) = (config.listen, config.workers);
    let store = Store::open(&config.database, config.limits)?;
    if config.public_url.is_none() && !listen.ip().is_loopback() {
        log::warn!(
            "passwords cross the network in the clear; set TICKBOX_PUBLIC_URL to https://… \
                    behind a proxy that speaks TLS"
        );
    }
    let public = config
        .public_url
        .as_ref()
        .map(|url| url.origin().to_owned());
    let state = State::new(config, store, Clock::real()).map_err(|error| error.to_string())?;
    let (purging, mailing, looking) = (state.clone(), state.clone(), state.clone());
    let server = HttpServer::new(move || crate::app(state.clone()))
        .workers(workers)
        .backlog(2048)
        .client_request_timeout(Duration::from_secs(5))
        .client_disconnect_timeout(Duration::from_secs(5))
        .keep_alive(KEEP_ALIVE)
        .max_connections(4096)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .bind(listen)
        .map_err(|error| {
            format!("TICKBOX_LISTEN: cannot listen on {listen}: {error}; name a free port")
        })?;
    // Port 0 lets the system choose one, and only the socket knows which it was.
    let bound = server.addrs().first().copied().unwrap_or(listen);
    let open = public.unwrap_or_else(|| format!("http://{}", reachable(bound)));
    actix_web::rt::System::new().block_on(async move {
        log::info!("ready: open {open} in a browser");
        let purge = actix_web::rt::spawn(purge_forever(purging));
        let mail = actix_web::rt::spawn(mail_forever(mailing));
        let outside = actix_web::rt::spawn(look_outside_forever(looking));
        let ended = server.run().await;
        purge.abort();
        mail.abort();
        outside.abort();
        log::info!("stopped");
        ended.map_err(Failure::from)
    })
}

async fn purge_forever(state: State) {
    loop {
        if let Err(error) = state.store().purge_expired(state.now()).await {
            log::warn!("expired sessions were not forgotten: {error}");
        }
        match state
            .store()
            .clean_up(state.config().trash_days, state.now())
            .await
        {
            Ok(0) => {}
            Ok(gone) => log::info!("{gone} tasks had waited in the trash long enough and are gone"),
            Err(error) => log::warn!("the trash was not emptied of what is old: {error}"),
        }
        actix_web::rt::time::sleep(PURGE_EVERY).await;
    }
}

/// Learns of what the operator's commands did beside the server.
async fn look_outside_forever(state: State) {
    loop {
        actix_web::rt::time::sleep(LOOK_EVERY).await;
        if let Err(error) = state.store().look_outside().await {
            log::debug!("nobody looked whether something else changed the database: {error}");
        }
    }
}

/// Sends mail as it comes; returns at once where none is sent.
async fn mail_forever(state: State) {
    let Some(post) = state.post() else {
        return;
    };
    loop {
        if let Err(error) = state.deliver_mail().await {
            log::warn!("mail was not looked after: {error}");
        }
        post.rest().await;
    }
}

/// Makes a link with which the owner of an account sets a new password, for the operator to pass on.
fn print_reset_link(command_line: &CommandLine, email: &str) -> Result<(), Failure> {
    let email = Email::parse(email).map_err(|refusal| refusal.sentence.to_string())?;
    let (base_url, now) = (command_line.base_url()?, Clock::real().now());
    let made = beside(&command_line.database()?, |desk| {
        let known = desk.by_email(&email)?.ok_or(Error::NotFound)?;
        let link = NewLink::new(known.id, Link::Reset, "", now)?;
        desk.put_link(&link)?;
        Ok(link.token)
    })?;
    match made {
        Ok(token) => say(&format!("{base_url}/reset/new?token={token}")),
        Err(Error::NotFound) => Err("no account has this address".into()),
        Err(other) => Err(other.into()),
    }
}

/// Removes the second factor of an account whose owner has lost it.
fn turn_codes_off(command_line: &CommandLine, email: &str) -> Result<(), Failure> {
    let email = Email::parse(email).map_err(|refusal| refusal.sentence.to_string())?;
    let noted = Noted::new(Event::CodesOff, "", &Caller::default(), Clock::real().now());
    let done = beside(&command_line.database()?, |desk| {
        let known = desk.by_email(&email)?.ok_or(Error::NotFound)?;
        let was_on = desk.forget_second_factor(known.id)?;
        if was_on {
            desk.note(known.id, &noted)?;
        }
        Ok(was_on)
    })?;
    match done {
        Ok(true) => say("two-step sign-in is off for this account"),
        Ok(false) => Err("two-step sign-in was not on for this account".into()),
        Err(Error::NotFound) => Err("no account has this address".into()),
        Err(other) => Err(other.into()),
    }
}

/// Closes an account, or opens it again.
fn set_disabled(
    command_line: &CommandLine,
    email: &str,
    since: Option<Stamp>,
) -> Result<(), Failure> {
    let email = Email::parse(email).map_err(|refusal| refusal.sentence.to_string())?;
    let epoch = new_epoch()?;
    let done = beside(&command_line.database()?, |desk| {
        let known = desk.by_email(&email)?.ok_or(Error::NotFound)?;
        if since.is_some() {
            desk.revoke_personal_tokens(known.id)?;
        }
        desk.set_disabled(known.id, since, epoch)
    })?;
    match (done, since) {
        (Ok(()), Some(_)) => say("the account is disabled"),
        (Ok(()), None) => say("the account is enabled"),
        (Err(Error::NotFound), _) => Err("no account has this address".into()),
        (Err(other), _) => Err(other.into()),
    }
}

/// Makes a link with which somebody may sign up.
fn print_invitation(command_line: &CommandLine, days: u16) -> Result<(), Failure> {
    let expires = Clock::real()
        .now()
        .plus_seconds(i64::from(days) * 24 * 60 * 60);
    let (token, hash) = new_secret()?;
    beside(&command_line.database()?, |desk| {
        desk.invite(&hash, expires)
    })??;
    say(&format!(
        "{}/signup?invite={token}",
        command_line.base_url()?
    ))
}

/// Prints what a command was asked for.
fn say(line: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Asks the server with these settings whether it lives.
fn check_health(listen: SocketAddr) -> Result<(), String> {
    let address = reachable(listen);
    let answer = ask(address).map_err(|error| format!("{address} does not answer: {error}"))?;
    if answer.starts_with("HTTP/1.1 200 ") {
        return Ok(());
    }
    let line = answer.lines().next().unwrap_or("nothing");
    Err(format!("{address} answers {line:?} instead of 200"))
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let patience = Duration::from_secs(3);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// An address to come to: one that listens everywhere is reached at loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, listen.port())
}
