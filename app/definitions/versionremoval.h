// Asks before a version of a definition is deleted for good; on a production server by its name, typed.
#pragma once

#include <QDialog>

namespace app {

class VersionRemoval : public QDialog
{
    Q_OBJECT

public:
    VersionRemoval(const QString &name, int version, const QString &server, bool production, QWidget *parent = nullptr);
};

} // namespace app
