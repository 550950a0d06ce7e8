// One server on the overview: how it is in words, what failed lately, what runs. The overview page owns it.
#pragma once

#include "app/core/servers.h"
#include "app/overview/serverwatch.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class ElidedLabel;
class ProductionTag;
class StatusBadge;
class Table;

class ServerSection : public QWidget
{
    Q_OBJECT

public:
    ServerSection(const ServerEntry &server, ServerWatch &watch, QWidget *parent = nullptr);

    void show(const ServerEntry &server);
    using QWidget::show;

Q_SIGNALS:
    void openRequested(const QString &executionId);
    void searchRequested(const QString &text); // in the box of the executions page

private:
    struct Group {
        QWidget *whole;
        QLabel *title;
        QPushButton *all;
        Table *table;
    };

    Group group(const QString &search, ExecutionsModel &model, const QString &accessibleName);
    void fill(Group &group, const QString &title, int rows);
    void showFacts();

    ServerWatch &m_watch;
    ServerEntry m_server;
    ElidedLabel *m_name;
    ProductionTag *m_production;
    ElidedLabel *m_url;
    StatusBadge *m_health;
    QLabel *m_calm;
    QLabel *m_trouble;
    Group m_failed;
    Group m_running;
};

} // namespace app
