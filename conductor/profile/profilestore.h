// The profiles of this user: the file profiles.json (mode 0600) and what is in it. One per process, owned by whoever composes
// it; several processes may write, each change is read, made and written back under a lock.
#pragma once

#include "conductor/profile/profile.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace conductor {

class ProfileWatch;

class ProfileStore : public QObject
{
    Q_OBJECT

public:
    explicit ProfileStore(QString path = standardPath(), QObject *parent = nullptr);
    ~ProfileStore() override;

    static QString standardPath(); // configDirectory()/profiles.json
    QString path() const { return m_path; }

    // Reads the file; none is an empty list. Errors: Protocol with the place in the file that does not fit; the profiles stay
    // those that were read last.
    Result<Done> load();

    // From now on what others write to the file is read as well, also when it is replaced or appears only later.
    void watch();

    const std::vector<Profile> &profiles() const { return m_profiles; }
    QString defaultId() const { return m_defaultId; }
    // Why the file could not be read the last time; while it is so nothing is written to it.
    std::optional<Error> trouble() const { return m_trouble; }

    const Profile *find(const QString &id) const; // valid until the next change
    // The profile of that name (as written, else ignoring case) or id; the default one for an empty name, or the only one.
    // Errors: NotFound, listing the names there are.
    Result<Profile> named(const QString &name) const;

    // Each answers what the file now holds. The first profile becomes the default. Errors: Validation (name taken, bad name or
    // address, file not writable), NotFound, Protocol (the file does not parse).
    Result<Profile> add(Profile profile); // its id is made here
    Result<Profile> change(const QString &id, const std::function<void(Profile &)> &edit);
    Result<Done> remove(const QString &id);
    Result<Done> setDefault(const QString &id);

    // Renames a file that does not parse, so that a new one can be written; answers where it went. Only when a person asks.
    Result<QString> moveAside();

Q_SIGNALS:
    void changed(); // profiles, default or trouble, whoever wrote

private:
    struct Content;

    Result<Content> read() const;
    Result<Done> rewrite(const std::function<Result<Done>(Content &)> &edit);
    void adopt(Content content);
    void keepTrouble(std::optional<Error> trouble);

    const QString m_path;
    std::vector<Profile> m_profiles;
    QString m_defaultId;
    std::optional<Error> m_trouble;
    std::unique_ptr<ProfileWatch> m_watch;
};

} // namespace conductor
