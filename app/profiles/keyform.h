// Enters the access key of a server, or replaces the one it has. What happens is shown step by step; a failure leaves in force
// what was. The servers page owns it, one for each time it is opened, so that a typed secret goes with it.
#pragma once

#include "conductor/profile/profile.h"
#include "conductor/secret/keychange.h"

#include "app/profiles/pane.h"

class QPushButton;

namespace app {

class CheckList;
class FormField;
class LoadingBar;
class MessageBar;
class ProbeView;
class ServerCare;

class KeyForm : public Pane
{
    Q_OBJECT

public:
    KeyForm(ServerCare &care, conductor::Profile profile, QWidget *parent = nullptr); // with a key: it is replaced

    void focusFirst() override;
    bool holdsInput() const override { return m_touched; }
    void apply();
    void showChange(const conductor::KeyChange &change); // what came of it

private:
    void build();
    bool isRotation() const;
    bool isComplete();
    conductor::AccessKey typedKey() const;
    conductor::Reply<conductor::Done> enter();
    conductor::Reply<conductor::Done> change();
    void setBusy(bool busy);

    ServerCare &m_care;
    const conductor::Profile m_profile;
    bool m_touched = false;
    bool m_untestedWillDo = false; // the server did not take the typed key, and that was said
    bool m_busy = false;

    MessageBar *m_message;
    LoadingBar *m_loading;
    QWidget *m_fields;
    FormField *m_keyId;
    FormField *m_keySecret;
    QPushButton *m_apply;
    QPushButton *m_cancel;
    CheckList *m_steps;
    ProbeView *m_report;
};

} // namespace app
