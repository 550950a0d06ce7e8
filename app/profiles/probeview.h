// What a test of a server has found: the result in a sentence, each check, and the address that would do instead. Owned by the
// pane that tests.
#pragma once

#include "conductor/api/probe.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class CheckList;

class ProbeView : public QWidget
{
    Q_OBJECT

public:
    explicit ProbeView(QWidget *parent = nullptr); // hidden

    void show(const conductor::ProbeReport &report);
    using QWidget::show;
    void forget(); // it is about something else now: hidden

Q_SIGNALS:
    void suggestionTaken(const QUrl &address);

private:
    QLabel *m_headline;
    CheckList *m_checks;
    QPushButton *m_suggestion;
    QUrl m_address;
};

} // namespace app
