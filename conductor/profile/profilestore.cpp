#include "conductor/profile/profilestore.h"

#include "conductor/base/directories.h"
#include "conductor/base/fields.h"
#include "conductor/base/privatefile.h"
#include "conductor/profile/profilewatch.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {

// What the file holds.
struct ProfileStore::Content {
    QString defaultId = {};
    std::vector<Profile> profiles = {};
    QJsonObject others = {}; // keys of the file that we do not know, verbatim

    static Result<Content> fromJson(const QJsonObject &json);
    QByteArray toBytes() const;

    std::vector<Profile>::iterator at(const QString &id)
    {
        return std::find_if(profiles.begin(), profiles.end(), [&](const Profile &profile) { return profile.id == id; });
    }
};

namespace {

constexpr qint64 largestFile = 4 * 1024 * 1024;
constexpr std::size_t mostProfiles = 500;
constexpr int lockPatience = 3000; // ms; a lock is held for the time of one read and one write
constexpr int format = 1;

constexpr QStringView versionKey = u"version";
constexpr QStringView defaultKey = u"default";
constexpr QStringView profilesKey = u"profiles";

QString newId()
{
    constexpr QStringView letters = u"abcdefghjkmnpqrstvwxyz23456789"; // none that are mistaken for another
    QString id;
    for (int i = 0; i < 10; ++i)
        id += letters[QRandomGenerator::system()->bounded(int(letters.size()))];
    return id;
}

QString placeOf(const QByteArray &content, int offset)
{
    const QByteArray before = content.left(offset);
    const qsizetype column = offset - before.lastIndexOf('\n');
    return u"line %1, column %2"_s.arg(before.count('\n') + 1).arg(column);
}

bool sameName(const QString &a, const QString &b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

Result<Done> checkDistinct(const std::vector<Profile> &profiles)
{
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool sameId = profiles[i].id == profiles[j].id;
            if (sameId || sameName(profiles[i].name, profiles[j].name))
                return Failure({Error::Kind::Protocol, u"profiles[%1] and profiles[%2] have the same %3"_s.arg(j).arg(i).arg(sameId ? u"id"_s : u"name"_s)});
        }
    }
    return Done{};
}

// Brings a profile into the form in which it is stored.
Result<Done> normalise(Profile &profile)
{
    const Result<QString> name = profileName(profile.name);
    if (!name)
        return Failure(name.error());
    const Result<QUrl> url = serverUrl(profile.url.toString(QUrl::FullyEncoded));
    if (!url)
        return Failure(url.error());
    profile.name = *name;
    profile.url = *url;
    return Done{};
}

Error nameTaken(const QString &name)
{
    return {Error::Kind::Validation, u"There is a profile \"%1\" already"_s.arg(name), u"Choose another name"_s};
}

Error unknownId(const QString &id)
{
    return {Error::Kind::NotFound, u"There is no profile with the id %1"_s.arg(id), u"It may have been removed meanwhile"_s};
}

} // namespace

Result<ProfileStore::Content> ProfileStore::Content::fromJson(const QJsonObject &json)
{
    Fields fields(json, u"the file"_s);
    Content content;
    if (fields.integer(versionKey, format) > format)
        return Failure({Error::Kind::Protocol, u"It was written by a newer version"_s, u"Install that version"_s});
    content.defaultId = fields.text(defaultKey);
    const QJsonArray entries = fields.array(profilesKey);
    if (std::size_t(entries.size()) > mostProfiles)
        return Failure({Error::Kind::Protocol, u"It holds %1 profiles, more than the %2 that are read"_s.arg(entries.size()).arg(mostProfiles)});
    for (const QJsonValue &entry : entries) {
        Result<Profile> profile = Profile::fromJson(entry, u"profiles[%1]"_s.arg(content.profiles.size()));
        if (!profile)
            return Failure(profile.error());
        content.profiles.push_back(std::move(*profile));
    }
    if (const Result<Done> distinct = checkDistinct(content.profiles); !distinct)
        return Failure(distinct.error());
    content.others = json;
    for (const QStringView known : {versionKey, defaultKey, profilesKey})
        content.others.remove(known);
    return fields.read(std::move(content));
}

QByteArray ProfileStore::Content::toBytes() const
{
    QJsonArray entries;
    for (const Profile &profile : profiles)
        entries << profile.toJson();
    QJsonObject json = others;
    json[versionKey] = format;
    json[defaultKey] = defaultId;
    json[profilesKey] = entries;
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

ProfileStore::ProfileStore(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
}

ProfileStore::~ProfileStore() = default;

QString ProfileStore::standardPath()
{
    return configDirectory() + u"/profiles.json"_s;
}

Result<ProfileStore::Content> ProfileStore::read() const
{
    const Result<QByteArray> bytes = readWhole(m_path, largestFile);
    if (!bytes && bytes.error().kind == Error::Kind::NotFound)
        return Content{};
    if (!bytes)
        return Failure(bytes.error());

    QString reason;
    QString hint = u"Mend the file, or have it moved aside and enter the servers again. It is not written to until then"_s;
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &parse);
    if (parse.error != QJsonParseError::NoError) {
        reason = u"%1: %2"_s.arg(placeOf(*bytes, parse.offset), parse.errorString());
    } else if (!document.isObject()) {
        reason = u"it is not a JSON object"_s;
    } else {
        Result<Content> content = Content::fromJson(document.object());
        if (content)
            return content;
        reason = content.error().message;
        hint = content.error().hint.isEmpty() ? hint : content.error().hint;
    }
    return Failure({Error::Kind::Protocol, u"The profiles in %1 cannot be read: %2"_s.arg(m_path, reason), hint});
}

Result<Done> ProfileStore::load()
{
    Result<Content> content = read();
    if (!content) {
        keepTrouble(content.error());
        return Failure(content.error());
    }
    adopt(std::move(*content));
    return Done{};
}

void ProfileStore::watch()
{
    if (m_watch)
        return;
    m_watch = std::make_unique<ProfileWatch>(m_path);
    connect(m_watch.get(), &ProfileWatch::touched, this, [this] { (void)load(); }); // its error is kept as trouble()
    (void)load();                                                                   // what came between the last load and now
}

const Profile *ProfileStore::find(const QString &id) const
{
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &profile) { return profile.id == id; });
    return found == m_profiles.end() ? nullptr : &*found;
}

Result<Profile> ProfileStore::named(const QString &name) const
{
    if (name.isEmpty()) {
        if (const Profile *profile = find(m_defaultId))
            return *profile;
        if (m_profiles.size() == 1)
            return m_profiles.front();
    }
    for (const Profile &profile : m_profiles) {
        if (profile.name == name || profile.id == name)
            return profile;
    }
    for (const Profile &profile : m_profiles) {
        if (sameName(profile.name, name))
            return profile;
    }

    if (m_trouble)
        return Failure(*m_trouble);
    QStringList names;
    for (const Profile &profile : m_profiles)
        names << u'"' + profile.name + u'"';
    const QString message = name.isEmpty() ? u"No profile is the default"_s : u"There is no profile \"%1\""_s.arg(name);
    return Failure({Error::Kind::NotFound, message,
                    names.isEmpty() ? u"There are no profiles yet: add a server in Conductor Companion"_s : u"Known profiles: %1"_s.arg(names.join(u", "_s))});
}

Result<Profile> ProfileStore::add(Profile profile)
{
    if (const Result<Done> normal = normalise(profile); !normal)
        return Failure(normal.error());
    profile.id = newId();
    const Result<Done> written = rewrite([&profile](Content &content) -> Result<Done> {
        if (content.profiles.size() >= mostProfiles)
            return Failure({Error::Kind::Validation, u"There are %1 profiles already; more are not kept"_s.arg(mostProfiles)});
        for (const Profile &other : content.profiles) {
            if (sameName(other.name, profile.name))
                return Failure(nameTaken(other.name));
        }
        content.profiles.push_back(profile);
        if (content.profiles.size() == 1)
            content.defaultId = profile.id;
        return Done{};
    });
    if (!written)
        return Failure(written.error());
    return profile;
}

Result<Profile> ProfileStore::change(const QString &id, const std::function<void(Profile &)> &edit)
{
    Profile changed;
    const Result<Done> written = rewrite([&](Content &content) -> Result<Done> {
        const auto profile = content.at(id);
        if (profile == content.profiles.end())
            return Failure(unknownId(id));
        changed = *profile;
        edit(changed);
        changed.id = id;
        if (const Result<Done> normal = normalise(changed); !normal)
            return normal;
        for (const Profile &other : content.profiles) {
            if (other.id != id && sameName(other.name, changed.name))
                return Failure(nameTaken(other.name));
        }
        *profile = changed;
        return Done{};
    });
    if (!written)
        return Failure(written.error());
    return changed;
}

Result<Done> ProfileStore::remove(const QString &id)
{
    return rewrite([&](Content &content) -> Result<Done> {
        const auto profile = content.at(id);
        if (profile == content.profiles.end())
            return Failure(unknownId(id));
        content.profiles.erase(profile);
        if (content.defaultId == id)
            content.defaultId.clear(); // never another one by itself: it might be production
        return Done{};
    });
}

Result<Done> ProfileStore::setDefault(const QString &id)
{
    return rewrite([&](Content &content) -> Result<Done> {
        if (content.at(id) == content.profiles.end())
            return Failure(unknownId(id));
        content.defaultId = id;
        return Done{};
    });
}

Result<QString> ProfileStore::moveAside()
{
    const QString aside = u"%1.%2-aside"_s.arg(m_path, QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss-zzz"_s));
    QFile file(m_path);
    if (!file.rename(aside))
        return Failure({Error::Kind::Validation, u"Cannot rename %1: %2"_s.arg(m_path, file.errorString()), u"Check that its directory may be written"_s});
    (void)load();
    return aside;
}

Result<Done> ProfileStore::rewrite(const std::function<Result<Done>(Content &)> &edit)
{
    const QString directory = QFileInfo(m_path).path();
    if (!QDir(directory).exists() && !makePrivateDirectory(directory))
        return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(directory), u"Check that it may be written"_s});

    QLockFile lock(m_path + u".lock"_s);
    if (!lock.tryLock(lockPatience)) {
        const bool held = lock.error() == QLockFile::LockFailedError;
        return Failure(
            {Error::Kind::Validation,
             held ? u"Another program has been writing %1 for over %2 s"_s.arg(m_path).arg(lockPatience / 1000) : u"Cannot make the lock %1.lock"_s.arg(m_path),
             held ? u"Try again"_s : u"Check that its directory may be written"_s});
    }
    Result<Content> content = read();
    if (!content) {
        keepTrouble(content.error());
        return Failure(content.error());
    }
    if (Result<Done> edited = edit(*content); !edited)
        return edited;
    if (Result<Done> written = writePrivately(m_path, content->toBytes()); !written)
        return written;
    lock.unlock();
    adopt(std::move(*content));
    return Done{};
}

void ProfileStore::adopt(Content content)
{
    const bool same = !m_trouble && content.defaultId == m_defaultId && content.profiles == m_profiles;
    m_profiles = std::move(content.profiles);
    m_defaultId = std::move(content.defaultId);
    m_trouble.reset();
    if (!same)
        Q_EMIT changed();
}

void ProfileStore::keepTrouble(std::optional<Error> trouble)
{
    const bool same = m_trouble && trouble && m_trouble->message == trouble->message;
    m_trouble = std::move(trouble);
    if (!same)
        Q_EMIT changed();
}

} // namespace conductor
