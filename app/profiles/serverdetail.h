// One server of the servers page: where it is, how it is, what applies to it, its key; for the local one how it runs. The page
// owns it and does what is asked for.
#pragma once

#include "app/core/servers.h"
#include "conductor/profile/profile.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace conductor {
struct ProbeReport;
}

namespace app {

class ElidedLabel;
class HttpPanel;
class IdLabel;
class LoadingBar;
class LocalPanel;
class NoteLine;
class PolicyPanel;
class ProbeView;
class ProductionTag;
class StatusBadge;

class ServerDetail : public QWidget
{
    Q_OBJECT

public:
    explicit ServerDetail(QWidget *parent = nullptr);

    void show(const conductor::Profile &profile, bool isDefault, const ServerHealth &health, const QDateTime &now);
    using QWidget::show;
    void showLocalOnly(); // the local server has no profile yet

    const QString &profileId() const { return m_profile.id; }
    LocalPanel &local() { return *m_local; }
    PolicyPanel &policy() { return *m_policy; }
    HttpPanel &http() { return *m_http; }
    void showTesting();
    void showReport(const conductor::ProbeReport &report);

Q_SIGNALS:
    void editRequested();
    void testRequested();
    void deleteRequested();
    void defaultRequested();
    void productionChosen(bool on);
    void requiresCompanionChosen(bool on);
    void enterKeyRequested();
    void rotateKeyRequested();
    void removeKeyRequested();
    void suggestionTaken(const QUrl &address);
    void copied();

private:
    void build();
    QWidget *buildHead();
    QWidget *buildSwitches();
    QWidget *buildKey();
    void connectButtons();
    void showHealth(const ServerHealth &health);
    void showKey(const QDateTime &now);

    conductor::Profile m_profile;

    QWidget *m_ofProfile; // all that a local server without a profile lacks
    ElidedLabel *m_name;
    ProductionTag *m_tag;
    StatusBadge *m_health;
    IdLabel *m_address;
    QLabel *m_trouble;
    LoadingBar *m_loading;
    QPushButton *m_test;
    QPushButton *m_edit;
    QPushButton *m_delete;
    ProbeView *m_report;
    QCheckBox *m_production;
    QCheckBox *m_requiresCompanion;
    QLabel *m_default;
    QPushButton *m_makeDefault;
    QLabel *m_key;
    NoteLine *m_oldKey;
    QPushButton *m_enterKey;
    QPushButton *m_rotateKey;
    QPushButton *m_removeKey;
    PolicyPanel *m_policy;
    HttpPanel *m_http;
    LocalPanel *m_local;
};

} // namespace app
