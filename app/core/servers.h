// The Conductor servers the window knows, which one is in front, and how each is. The seam to profiles: whoever keeps them
// hands entries and a way to connect in, pages read them here. The companion owns it.
#pragma once

#include "conductor/api/client.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>
#include <vector>

namespace app {

struct ServerHealth {
    // Resting: it is known not to run, or not yet: that it does not answer says nothing new.
    enum class State { Unknown, Checking, Ready, Trouble, Resting };

    State state = State::Unknown;
    QString words = {};  // "Connected", "Not reachable": a word or two, for a person
    QString detail = {}; // what is wrong and what to do about it, in sentences

    bool operator==(const ServerHealth &) const = default;
};

struct ServerEntry {
    QString id;
    QString name;
    QUrl url = {};
    bool production = false;
    ServerHealth health = {};

    bool operator==(const ServerEntry &) const = default;
};

class Servers : public QObject
{
    Q_OBJECT

public:
    using Connect = std::function<conductor::Client(const ServerEntry &)>;

    explicit Servers(Connect connect, QObject *parent = nullptr);

    const std::vector<ServerEntry> &all() const { return m_entries; }
    const ServerEntry *find(const QString &id) const;
    const ServerEntry *current() const { return find(m_current); } // null while there is none

    // The one that is in front when it is among the first that are shown.
    void prefer(const QString &id) { m_preferred = id; }

    // Entries whose id stays keep their health. The current one stays when it is still there, else it is the preferred or the first.
    void show(std::vector<ServerEntry> entries);
    void setCurrent(const QString &id);
    void setHealth(const QString &id, const ServerHealth &health);

    // What talking to it showed, from whoever did: a probe's words for a good server stay.
    void tellAnswered(const QString &id);
    void tellFailed(const QString &id, const conductor::Error &error);

    std::optional<conductor::Client> client(const QString &id) const; // nothing for an id that is not there

Q_SIGNALS:
    void listChanged();
    void currentChanged();
    void healthChanged(const QString &id);

private:
    Connect m_connect;
    std::vector<ServerEntry> m_entries;
    QString m_current;
    QString m_preferred;
};

} // namespace app
