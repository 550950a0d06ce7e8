// Asks in the page before something is taken away: what goes, what stays, and for production the name to be typed. The servers
// page owns it.
#pragma once

#include "app/profiles/pane.h"
#include "conductor/base/result.h"

class QLabel;
class QPushButton;

namespace app {

class FormField;
class LoadingBar;
class MessageBar;

struct ConfirmationText {
    QString title;
    QStringList facts;       // what goes and what stays, a line each
    QString verb;            // of the button, with its object: "Delete Payments EU"
    QString nameToType = {}; // empty: a click will do
};

class Confirmation : public Pane
{
    Q_OBJECT

public:
    explicit Confirmation(const ConfirmationText &text, QWidget *parent = nullptr);

    void focusFirst() override;
    bool holdsInput() const override { return m_busy; } // what is under way is waited for
    void setBusy(bool busy);
    void showTrouble(const QString &what, const conductor::Error &error);

Q_SIGNALS:
    void confirmed();

private:
    void updateVerb();

    QString m_nameToType;
    bool m_busy = false;
    LoadingBar *m_loading;
    MessageBar *m_message;
    FormField *m_typed;
    QPushButton *m_verb;
    QPushButton *m_cancel;
};

} // namespace app
