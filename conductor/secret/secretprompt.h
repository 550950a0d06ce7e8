// A question that the Secret Service puts to a person: its password, most often. Owned by SecretService; deletes itself when it
// is over.
#pragma once

#include "conductor/base/reply.h"
#include "conductor/secret/sessionbus.h"

#include <QDBusServiceWatcher>
#include <QDBusVariant>

namespace conductor {

class SecretPrompt : public QObject
{
    Q_OBJECT

public:
    // name: the service as a sentence has it.
    SecretPrompt(std::shared_ptr<SessionBus> bus, QString service, QString path, QString name, QObject *parent);

    // Opens it and answers when the person has answered; however long that takes.
    Reply<Done> ask();

    static Error unanswered(const QString &name);

private Q_SLOTS:
    void complete(bool dismissed, const QDBusVariant &result);

private:
    Reply<Done> open();
    void end(Result<Done> result);

    std::shared_ptr<SessionBus> m_bus;
    const QString m_service;
    const QString m_path;
    const QString m_name;
    QDBusServiceWatcher m_watcher;
    QPromise<Result<Done>> m_promise;
    bool m_over = false;
};

} // namespace conductor
