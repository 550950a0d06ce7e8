// The one box a page is searched with: tells when typing paused, at once on Enter; Esc clears it.
#pragma once

#include <QLineEdit>

class QTimer;

namespace app {

class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const QString &accessibleName, const QString &placeholder, QWidget *parent = nullptr);

    void setQuietly(const QString &text); // without telling anybody

Q_SIGNALS:
    void searched(const QString &text);
    void entered(const QString &text); // Enter, after searched()

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();

    QTimer *m_pause;
    QString m_told;
};

} // namespace app
