// Adds a server, or changes the name and the address of one. It is tested before it is saved; saving all the same is a click
// more. The servers page owns it, one for each time it is opened, so that a typed secret goes with it.
#pragma once

#include "conductor/api/probe.h"
#include "conductor/profile/profile.h"

#include "app/profiles/pane.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace app {

class FormField;
class LoadingBar;
class MessageBar;
class ProbeView;
class ServerCare;

class ServerForm : public Pane
{
    Q_OBJECT

public:
    ServerForm(ServerCare &care, conductor::Profile profile, QWidget *parent = nullptr); // without an id: a new server

    void setAddress(const QUrl &address);
    void focusFirst() override;
    bool holdsInput() const override { return m_touched; }

    void test();
    void save();
    enum class Then { Nothing, Save };
    void showReport(const conductor::ProbeReport &report, Then then); // what a test has found

Q_SIGNALS:
    void saved(const QString &profileId);

private:
    void build();
    QWidget *buildKey();
    QWidget *buildButtons();
    void addressChanged();
    void fieldChanged();
    void showKeyFields();
    bool isComplete();                       // complains at the fields where not
    bool isTaken(const QString &name) const;
    conductor::Profile draft() const;        // of fields that are complete
    conductor::AccessKey typedKey() const;
    bool needsTest() const;
    conductor::Reply<conductor::Done> runTest(Then then);
    conductor::Reply<conductor::Done> store();
    void keyNotKept(const conductor::Error &error);
    void setBusy(bool busy, bool mayLeave = true);

    ServerCare &m_care;
    conductor::Profile m_profile; // as it was opened, or last saved
    bool m_touched = false;
    bool m_untestedWillDo = false; // the test of what is in the fields failed, and that was said
    bool m_busy = false;

    MessageBar *m_message;
    LoadingBar *m_loading;
    FormField *m_name;
    FormField *m_address;
    QCheckBox *m_production;
    QCheckBox *m_requiresCompanion;
    QWidget *m_keyPart;
    QLabel *m_keyHint;
    FormField *m_keyId;
    FormField *m_keySecret;
    QPushButton *m_save;
    QPushButton *m_test;
    QPushButton *m_cancel;
    ProbeView *m_report;
};

} // namespace app
