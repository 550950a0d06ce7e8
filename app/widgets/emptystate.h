// What a page shows instead of its content: nothing there yet, nothing found, or it could not be read. One sentence why, one
// button what to do.
#pragma once

#include "conductor/base/result.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class PlainTextPane;

class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    // link: a second, quieter way, such as a sample; empty for none.
    void showFirstUse(QStringView iconName, const QString &title, const QString &detail, const QString &action, const QString &link = {});
    void showNoMatch(const QString &title, const QString &detail);   // the button clears the filter
    void showError(const QString &title, const conductor::Error &error); // the button tries again; details are folded

Q_SIGNALS:
    void actionRequested();
    void linkRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fill(QStringView iconName, const QString &title, const QString &detail, const QString &action, const QString &link);
    void tint();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_detail;
    QPushButton *m_action;
    QPushButton *m_link;
    PlainTextPane *m_facts;
    bool m_isError = false;
};

} // namespace app
