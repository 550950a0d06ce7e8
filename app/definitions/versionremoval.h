// Asks before a version of a definition is deleted for good, on a production server by its name, typed; then deletes it. Stays,
// with the reason, when that fails. Deletes itself when closed.
#pragma once

#include "app/core/servers.h"
#include "app/definitions/definitionwork.h"

#include <QDialog>
#include <QPointer>

class QPushButton;

namespace app {

class MessageBar;

class VersionRemoval : public QDialog
{
    Q_OBJECT

public:
    VersionRemoval(DefinitionWork *work, const QString &name, int version, const ServerEntry &server, QWidget *parent = nullptr);

Q_SIGNALS:
    void removed(const QString &name, int version);

private:
    void build(const ServerEntry &server);
    conductor::Reply<conductor::Done> remove();

    QPointer<DefinitionWork> m_work;
    QString m_name;
    int m_version;
    MessageBar *m_message;
    QPushButton *m_remove;
    QPushButton *m_keep;
};

} // namespace app
