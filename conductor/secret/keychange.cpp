#include "conductor/secret/keychange.h"

#include "conductor/api/httptransport.h"
#include "conductor/secret/storedkey.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conductor {
namespace {

constexpr auto serverPatience = 20s;

// One change on its way.
struct Work {
    Profile profile = {}; // as it was
    AccessKey key = {};
    std::shared_ptr<SecretStore> secrets = {};
    Keychain target = Keychain::None;
    std::optional<QByteArray> old = {}; // what the target held
    KeyChange change = {};

    QString entry() const { return StoredKey::entryOf(profile.id); }
};

// Notes the step; true when it worked.
template <typename T>
bool took(Work &work, KeyChange::Step step, const Result<T> &result)
{
    work.change.steps.push_back({step, result ? std::nullopt : std::optional<Error>(result.error())});
    if (!result && !work.change.failure)
        work.change.failure = result.error();
    return bool(result);
}

// Says what is in force after a failure, behind what to do about it.
void conclude(KeyChange &change, const QString &inForce)
{
    if (!change.failure)
        return;
    Error &failure = *change.failure;
    failure.hint = failure.hint.isEmpty() ? inForce : failure.hint + u". " + inForce;
}

QString stillInForce(const Work &work)
{
    return work.profile.keychain == Keychain::None ? u"The profile still has no key"_s : u"The old key stays in force"_s;
}

Result<std::shared_ptr<Work>> begin(const ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, const QString &profileId, AccessKey key)
{
    const Profile *profile = profiles.find(profileId);
    if (!profile)
        return Failure({Error::Kind::NotFound, u"There is no profile with the id %1"_s.arg(profileId), u"It may have been removed meanwhile"_s});
    auto work = std::make_shared<Work>();
    work->profile = *profile;
    work->key = {key.id.trimmed(), key.secret.trimmed()}; // pasted with a blank or a line break, mostly
    work->secrets = std::move(secrets);
    return work;
}

Result<Done> checkForm(const AccessKey &key)
{
    if (key.id.isEmpty() || key.secret.isEmpty())
        return Failure({Error::Kind::Validation, u"An access key has two parts, and its %1 is empty"_s.arg(key.id.isEmpty() ? u"id"_s : u"secret"_s),
                        u"Copy both from the server's page of applications"_s});
    return Done{};
}

KeyChange failed(Error error)
{
    KeyChange change;
    change.failure = std::move(error);
    return change;
}

// The server gives a token for the key and answers with it.
Reply<Done> verify(std::shared_ptr<Work> work)
{
    const std::shared_ptr<Transport> server = retried(std::make_shared<HttpTransport>(work->profile.url));
    const QDeadlineTimer deadline(serverPatience);
    Result<QString> token = co_await outcome(requestToken(server, work->key, deadline));
    if (!token && token.error().kind == Error::Kind::NotFound)
        token = Failure({Error::Kind::Validation, u"The server at %1 asks for no key"_s.arg(originOf(work->profile.url)), u"Remove the key of this profile"_s});
    if (!took(*work, KeyChange::Step::Verify, token))
        co_return Done{};
    Request request = get(u"workflow"_s, u"search"_s).with(u"start"_s, 0).with(u"size"_s, 1).repeatably();
    request.token = *token;
    request.deadline = deadline;
    Result<QJsonValue> answer = co_await outcome(server->send(request));
    if (!answer && answer.error().kind == Error::Kind::Auth)
        answer = Failure({Error::Kind::Auth, u"The server takes the new key but lets it read nothing: "_s + answer.error().message,
                          u"Give the key's application a role that may read executions"_s, answer.error().httpStatus});
    took(*work, KeyChange::Step::Use, answer);
    co_return Done{};
}

// The target holds again what it held; adds to the failure what is in force.
Reply<Done> restore(std::shared_ptr<Work> work)
{
    const Reply<Done> restoring =
        work->old ? work->secrets->write(work->target, work->entry(), *work->old) : work->secrets->remove(work->target, work->entry());
    const Result<Done> restored = co_await outcome(restoring);
    took(*work, KeyChange::Step::Restore, restored);
    conclude(work->change,
             restored ? stillInForce(*work) : u"It is not known which key the keychain holds now; enter the key again once the keychain can be reached"_s);
    co_return Done{};
}

// Keep, Store, Announce; what fails is put back. The key is known to be in order.
Reply<Done> store(ProfileStore &profiles, std::shared_ptr<Work> work)
{
    const Result<QByteArray> old = co_await outcome(work->secrets->read(work->target, work->entry()));
    const bool absent = !old && old.error().kind == Error::Kind::NotFound;
    if (!took(*work, KeyChange::Step::Keep, absent ? Result<QByteArray>(QByteArray()) : old)) {
        conclude(work->change, stillInForce(*work));
        co_return Done{};
    }
    if (old)
        work->old = *old;

    const StoredKey stored{work->key, originOf(work->profile.url)};
    const Result<Done> written = co_await outcome(work->secrets->write(work->target, work->entry(), stored.toBytes()));
    if (!took(*work, KeyChange::Step::Store, written)) {
        co_await restore(work); // it may have been written although no answer came
        co_return Done{};
    }
    const Result<Profile> announced = profiles.change(work->profile.id, [&work](Profile &profile) {
        profile.keychain = work->target;
        profile.keySince = QDateTime::currentDateTimeUtc();
        ++profile.secretRevision;
    });
    if (!took(*work, KeyChange::Step::Announce, announced)) {
        co_await restore(work);
        co_return Done{};
    }
    const Keychain before = work->profile.keychain;
    if (before != Keychain::None && before != work->target) { // it lies elsewhere now; leave none behind
        const Result<Done> removed = co_await outcome(work->secrets->remove(before, work->entry()));
        work->change.steps.push_back({KeyChange::Step::Remove, removed ? std::nullopt : std::optional<Error>(removed.error())});
    }
    co_return Done{};
}

} // namespace

Reply<KeyChange> setKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, AccessKey key)
{
    const Result<std::shared_ptr<Work>> begun = begin(profiles, secrets, profileId, key);
    if (!begun)
        co_return failed(begun.error());
    const std::shared_ptr<Work> work = *begun;
    if (const Result<Done> form = checkForm(work->key); !form)
        co_return failed(form.error());
    const Result<Keychain> target = co_await outcome(secrets->preferred());
    if (!target) {
        took(*work, KeyChange::Step::Store, target);
        conclude(work->change, stillInForce(*work));
        co_return work->change;
    }
    work->target = *target;
    co_await store(profiles, work);
    co_return work->change;
}

Reply<KeyChange> rotateKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId, AccessKey key)
{
    const Result<std::shared_ptr<Work>> begun = begin(profiles, secrets, profileId, key);
    if (!begun)
        co_return failed(begun.error());
    const std::shared_ptr<Work> work = *begun;
    if (const Result<Done> form = checkForm(work->key); !form)
        co_return failed(form.error());
    if (work->profile.keychain == Keychain::None)
        co_return failed({Error::Kind::Validation, u"Profile \"%1\" has no key that could be replaced"_s.arg(work->profile.name), u"Enter a key instead"_s});
    co_await verify(work);
    if (work->change.failure) {
        conclude(work->change, stillInForce(*work));
        co_return work->change;
    }
    work->target = work->profile.keychain;
    co_await store(profiles, work);
    co_return work->change;
}

Reply<KeyChange> removeKey(ProfileStore &profiles, std::shared_ptr<SecretStore> secrets, QString profileId)
{
    const AccessKey none;
    const Result<std::shared_ptr<Work>> begun = begin(profiles, secrets, profileId, none);
    if (!begun)
        co_return failed(begun.error());
    const std::shared_ptr<Work> work = *begun;
    if (work->profile.keychain == Keychain::None)
        co_return work->change; // nothing to do
    const Result<Done> removed = co_await outcome(secrets->remove(work->profile.keychain, work->entry()));
    if (!took(*work, KeyChange::Step::Remove, removed)) {
        conclude(work->change, stillInForce(*work));
        co_return work->change;
    }
    const Result<Profile> announced = profiles.change(profileId, [](Profile &profile) {
        profile.keychain = Keychain::None;
        profile.keySince = QDateTime();
        ++profile.secretRevision;
    });
    took(*work, KeyChange::Step::Announce, announced);
    conclude(work->change, u"The keychain no longer holds the key, but the profile still says so; remove it again"_s);
    co_return work->change;
}

QString stepText(KeyChange::Step step)
{
    switch (step) {
    case KeyChange::Step::Verify:
        return u"The server accepts the new key"_s;
    case KeyChange::Step::Use:
        return u"The server answers a request with it"_s;
    case KeyChange::Step::Keep:
        return u"What the keychain holds is known"_s;
    case KeyChange::Step::Store:
        return u"The keychain holds the new key"_s;
    case KeyChange::Step::Announce:
        return u"The profile says so, and running sessions follow"_s;
    case KeyChange::Step::Restore:
        return u"The keychain holds what it held before"_s;
    case KeyChange::Step::Remove:
        return u"The keychain no longer holds the key there"_s;
    }
    return {};
}

} // namespace conductor
