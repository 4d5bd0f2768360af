//! Sends what waits in the outbox, as often as it takes, and turns wishes into letters.

use std::time::Duration;

use tokio::sync::Notify;

use super::smtp::Line;
use super::{Letter, Sealed, Waiting, Wish, WishedLink, letters, open};
use crate::accounts::Email;
use crate::accounts::keys::Keys;
use crate::accounts::links::{Link, NewLink};
use crate::clock::Stamp;
use crate::config::{Mail, PublicUrl};
use crate::error::{Error, Result};
use crate::store::{ClaimedMail, Store};

/// Seconds before a letter that did not leave is tried again; doubled each time.
const FIRST_PAUSE: i64 = 30;
/// The longest of these pauses.
const LONGEST_PAUSE: i64 = 60 * 60;
/// Longer than one attempt takes: until then nobody else tries.
const CLAIMED_FOR: i64 = 5 * 60;
/// Seconds after which a letter is given up: three days.
const GIVEN_UP_AFTER: i64 = 3 * 24 * 60 * 60;
/// How often the outbox is looked at when nothing was put there by this process.
const LOOKS_EVERY: Duration = Duration::from_secs(30);

/// Takes mail to the mail server.
pub struct PostOffice {
    line: Line,
    base_url: String,
    woken: Notify,
}

impl PostOffice {
    /// An office for that server, whose links begin at that address.
    pub fn new(mail: &Mail, public_url: &PublicUrl) -> Result<Self> {
        let line = Line::new(&mail.smtp, &mail.from, public_url.host());
        Ok(Self {
            line: line.map_err(|cause| Error::internal(cause.to_string()))?,
            base_url: public_url.origin().to_owned(),
            woken: Notify::new(),
        })
    }

    /// Where links in mail begin; never what a request says.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Says that something was put into the outbox.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// Waits until there may be something to do.
    pub async fn rest(&self) {
        // A time-out is as good a reason to look as any.
        drop(tokio::time::timeout(LOOKS_EVERY, self.woken.notified()).await);
    }

    /// Deals with all that is due; says how many letters left.
    pub async fn deliver(&self, store: &Store, keys: &Keys, now: Stamp) -> Result<usize> {
        let mut sent = 0;
        while let Some(claimed) = claim(store, now).await? {
            match open(keys, &claimed.sealed) {
                Ok(Waiting::Wish(wish)) => self.fulfil(store, keys, &claimed, &wish, now).await?,
                Ok(Waiting::Letter(letter)) => {
                    sent += usize::from(self.send(store, claimed, letter, now).await?);
                }
                Err(error) => {
                    log::error!("a letter cannot be read: {error:?}");
                    put_off(store, &claimed, now).await?;
                }
            }
        }
        Ok(sent)
    }

    /// Sends a letter, or puts it off.
    async fn send(
        &self,
        store: &Store,
        claimed: ClaimedMail,
        letter: Letter,
        now: Stamp,
    ) -> Result<bool> {
        let (line, id) = (self.line.clone(), claimed.id);
        let sending = tokio::task::spawn_blocking(move || line.send(id, &letter));
        match sending.await.map_err(Error::internal)? {
            Ok(()) => {
                store
                    .front_desk_write(move |desk| desk.remove_mail(id))
                    .await?;
                log::info!("a letter was sent");
                Ok(true)
            }
            Err(cause) => {
                log::warn!("a letter was not sent and will be tried again: {cause}");
                put_off(store, &claimed, now).await?;
                Ok(false)
            }
        }
    }

    /// Writes the letter that somebody asked for, if there is an account that it is for.
    async fn fulfil(
        &self,
        store: &Store,
        keys: &Keys,
        claimed: &ClaimedMail,
        wish: &Wish,
        now: Stamp,
    ) -> Result<()> {
        let email = Email::parse(&wish.email).map_err(|_shape| Error::internal("a bad wish"))?;
        let asked = email.clone();
        let known = store
            .front_desk_read(move |desk| desk.by_email(&asked))
            .await?
            .filter(|known| !known.is_disabled);
        let written = match (known, wish.link) {
            (Some(known), WishedLink::Reset) => {
                let link = NewLink::new(known.id, Link::Reset, email.as_str(), now)?;
                let letter = letters::reset(known.locale, &self.base_url, &email, &link.token);
                Some((link, Sealed::letter(keys, letter)?))
            }
            (Some(known), WishedLink::Confirm) if known.is_unconfirmed => {
                let link = NewLink::new(known.id, Link::Verify, email.as_str(), now)?;
                let letter = letters::welcome(known.locale, &self.base_url, &email, &link.token);
                Some((link, Sealed::letter(keys, letter)?))
            }
            (None, _) | (Some(_), WishedLink::Confirm) => None,
        };
        let id = claimed.id;
        store
            .front_desk_write(move |desk| {
                desk.remove_mail(id)?;
                if let Some((link, letter)) = &written {
                    desk.put_link(link)?;
                    letter.post(desk, now)?;
                }
                Ok(())
            })
            .await
    }
}

async fn claim(store: &Store, now: Stamp) -> Result<Option<ClaimedMail>> {
    let until = now.plus_seconds(CLAIMED_FOR);
    store
        .front_desk_write(move |desk| desk.claim_mail(now, until))
        .await
}

/// Leaves a letter for later, or gives it up.
async fn put_off(store: &Store, claimed: &ClaimedMail, now: Stamp) -> Result<()> {
    let (id, waited) = (claimed.id, now.seconds() - claimed.created_at.seconds());
    if waited >= GIVEN_UP_AFTER {
        log::error!("a letter was given up after three days; see the warnings before");
        return store
            .front_desk_write(move |desk| desk.remove_mail(id))
            .await;
    }
    let again = now.plus_seconds(pause_after(claimed.tries));
    store
        .front_desk_write(move |desk| desk.put_mail_off(id, again))
        .await
}

/// Seconds to wait after so many attempts.
fn pause_after(tries: i32) -> i64 {
    // Seven doublings reach the longest pause.
    (FIRST_PAUSE << (tries - 1).clamp(0, 7)).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::pause_after;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<_> = (1..=9).map(pause_after).collect();
        assert_eq!(pauses, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!((pause_after(0), pause_after(i32::MAX)), (30, 3600));
    }
}
