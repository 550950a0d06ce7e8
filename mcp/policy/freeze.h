// The freeze switch: one file that a person sets and every dispatcher obeys, so that killing the companion unfreezes nothing.
#pragma once

#include "conductor/base/result.h"
#include "mcp/policy/effect.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <memory>
#include <optional>

namespace mcp {

enum class Freeze { Normal, ReadOnly, Stopped };

QString word(Freeze freeze); // "normal", "read only", "stopped"

// Why a call of this effect is refused now, in a sentence for the model; empty when it may go on.
QString refusal(Freeze freeze, Effect::Kind effect);

class FreezeFile : public QObject
{
    Q_OBJECT

public:
    // The file of this user is policy.json beside the profiles.
    explicit FreezeFile(QString path = standardPath());

    static QString standardPath();

    // What is in force now; looks at the file's time and size at each call (a few µs), so that nothing slips by. A file that
    // cannot be read freezes to read only: somebody wanted a limit.
    Freeze current();

    // Kept in a 0600 file; other keys of it stay.
    conductor::Result<conductor::Done> set(Freeze freeze);

    // Begins to watch the file; changed() comes within milliseconds of a change, also when it is replaced or appears.
    void watch();

Q_SIGNALS:
    void changed(mcp::Freeze freeze);

private:
    struct Stamp {
        qint64 modified = -1; // ns
        qint64 size = -1;
        quint64 inode = 0;

        bool operator==(const Stamp &) const = default;
    };

    Stamp stamp() const;
    Freeze read() const;
    void look();

    QString m_path;
    Stamp m_stamp;
    std::optional<Freeze> m_freeze;
    Freeze m_told = Freeze::Normal;
    std::unique_ptr<QFileSystemWatcher> m_watcher;
};

} // namespace mcp
