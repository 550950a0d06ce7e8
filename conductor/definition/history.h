// What a server had before somebody stored something else in its place, one history for each version of each definition. Files of
// mode 0600 below the data directory, shared by the window and all servers of ours. A value: it holds no more than its place.
#pragma once

#include "conductor/base/result.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <vector>

namespace conductor {

struct EarlierDefinition {
    QString id;
    QString name;
    int version = 1;
    QDateTime replaced; // when it stood on the server for the last time
    QString client;     // whose call took its place: the AI client's own name; empty: a person with the window

    bool operator==(const EarlierDefinition &) const = default;
};

class DefinitionHistory
{
public:
    static constexpr qsizetype most = 50;                     // of each version of a definition; the oldest go first
    static constexpr qint64 mostBytes = 32LL * 1024 * 1024;   // of each definition, at least the newest stays

    explicit DefinitionHistory(const QUrl &server);
    DefinitionHistory(const QUrl &server, const QString &directory);

    // Keeps it without what the server adds. One that is kept already only becomes the newest. Call it before the write: what could
    // not be kept is then not lost unseen. Errors: Validation with the system's reason.
    Result<Done> keep(const QJsonObject &definition, const QString &client = {}, const QDateTime &now = QDateTime::currentDateTimeUtc()) const;

    // Of all versions, newest first; empty when there are none.
    std::vector<EarlierDefinition> of(const QString &name) const;

    // Errors: NotFound when it was pruned meanwhile, Protocol when somebody else wrote into the file.
    Result<QJsonObject> read(const EarlierDefinition &earlier) const;

private:
    QString placeOf(const QString &name) const;

    QString m_directory; // of the server
};

} // namespace conductor
